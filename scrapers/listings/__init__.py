"""What lists articles: feeds, sitemaps and surveys of them, read for addresses that are the outlet's own."""
