"""Simulated people with known hips and bends: how often what the reading calls is true."""
