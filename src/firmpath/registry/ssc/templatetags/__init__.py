"""Filters of the SSC's pages."""
