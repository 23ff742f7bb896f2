"""Planar inverse dynamics of a lift: segments, ground reaction, joint moments, joint work."""
