"""Find, prove and explain safe firmware upgrade pathways for GB smart meters."""

__version__ = "0.1.0"
