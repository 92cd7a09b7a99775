"""Corrections, SECAS's changes, gaps and letters."""
