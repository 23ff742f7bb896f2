"""Who carries the joint moments: muscle geometry, static optimisation, spine load and roles."""
