"""How statements come about: submissions, corrections, and SECAS's own changes."""
