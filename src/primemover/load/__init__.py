"""What the person lifts, where it goes, how large a pixel is there, and when it is held."""
