"""Which entries a vulnerability affects, which not, of which nobody can say, and what the SSC has assessed."""
