"""What the pages show: frozen records read from the database, and the queries that fill them."""
