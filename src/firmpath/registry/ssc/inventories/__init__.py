"""How many Devices run each entry: counts of an inventory, which say nothing of any one Device."""
