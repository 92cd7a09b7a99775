"""Answers in plain English: the one place where an answer becomes words. Source: DESIGN decision 8.

Import from the modules: a question on the command line loads the words of its own answer alone.
"""
