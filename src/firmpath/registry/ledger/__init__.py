"""The record: an append-only list of statements, and the only place that writes them."""
