"""Frozen records that all stages share. Nothing here computes, draws, reads or stores."""
