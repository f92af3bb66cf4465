"""How one host is asked: what a question may cost, whose turn it is, where it may lead, and what may come home."""
