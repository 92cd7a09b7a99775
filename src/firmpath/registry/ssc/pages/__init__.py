"""Pages: each parses what was asked, makes one call, and renders."""
