"""What one page says: its main text, and who wrote it, when, where and how much of it is open; asks no network."""
