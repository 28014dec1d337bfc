"""Checks: library -> problems, pure. One file a subject; ``registry`` lists them all."""
