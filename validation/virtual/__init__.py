"""People who do not exist, filmed, with every angle known exactly."""
