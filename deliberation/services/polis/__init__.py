"""Conversations exported from Polis: read the files, declare the sign, store them."""
