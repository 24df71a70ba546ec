"""Syntax: words, boundaries, the trained parser and its weights, lemmas, and the tree read by the stations."""
