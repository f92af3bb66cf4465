"""Looking again at what is stored, as cheaply as servers allow, and flagging the verdicts that lean on what changed."""
