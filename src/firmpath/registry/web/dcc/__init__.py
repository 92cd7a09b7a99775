"""The DCC: its extract, and what it has loaded."""
