"""Pages of units and people."""
