"""Submissions, from draft to publication."""
