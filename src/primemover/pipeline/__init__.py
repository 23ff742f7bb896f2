"""The composition root: films and typed values in, an assessment out."""
