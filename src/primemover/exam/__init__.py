"""The tests, each a declared protocol that composes the stages into measures and checks."""
