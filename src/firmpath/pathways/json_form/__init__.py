"""Answers as JSON objects: one documented form for the command line and everything else that is read by machines.

Every object has `"version": 1`; a field may be added in one version, never changed or taken away.
"""
