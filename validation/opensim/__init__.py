"""Muscle geometry: read once out of OpenSim models, fitted by polynomials, written as a table."""
