"""All that is stored grouped anew: as a plan, then for good; and a run of the matcher made again to be held to it."""
