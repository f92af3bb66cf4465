"""The geometry of the pictures on pages: numbers in, numbers out; templates only write them down.

Across, positions are percent of the width, so that a picture fits a phone without shrinking its words; down, pixels.
"""
