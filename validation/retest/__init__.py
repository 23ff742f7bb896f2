"""How often a re-test calls a change that is not there, and finds one that is: simulated people."""
