"""What is learned from labelled sentences: features, fitting and the weights that come of it."""
