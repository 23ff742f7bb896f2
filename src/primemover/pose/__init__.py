"""Pictures to landmarks and silhouettes of the right person, then cleaned."""
