"""Repetitions, phases and holds, found in curves; and what the movement looks like."""
