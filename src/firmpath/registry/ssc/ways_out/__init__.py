"""From each affected entry the shortest pathway to an unaffected one; without one, why, and what would help."""
