"""What changed: pages and feeds."""
