"""The domain of Claimline: claims, their appearances and their reviews; knows neither Flask nor the network."""
