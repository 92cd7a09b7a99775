"""What the SSC says of a vulnerability and an entry, whatever follows from the versions; statements, only added."""
