"""What a page said over time: the bytes and texts that are kept, where a quote stands in each, and how two differ."""
