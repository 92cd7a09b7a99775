"""Reading the CPL: the one box, pathways, entries."""
