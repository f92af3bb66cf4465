"""From an outlet's address or a saved page to drafts of articles and of what was stated in them."""
