"""Virtual lifters with a known load: how often their true moments lie in our 90 % interval."""
