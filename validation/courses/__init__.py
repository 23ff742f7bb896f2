"""Simulated people train by the plan for twelve weeks; what they were given is checked."""
