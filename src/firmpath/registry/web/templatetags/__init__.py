"""The tags and filters that pages use."""
