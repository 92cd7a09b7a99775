"""What only the Security Sub-Committee may see, in its own database. Source: MP231 section 3; DESIGN decision 6."""
