"""Answers in plain English: the one place where an answer becomes words. Source: DESIGN decision 8."""

from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.explain.sequences import explain_sequence
from firmpath.pathways.explain.stones import explain_stone

__all__ = ["Explanation", "explain", "explain_difference", "explain_sequence", "explain_stone"]
