"""What a worker does with a request: brings what it wants from the network, looks again, stores it and ends it."""
