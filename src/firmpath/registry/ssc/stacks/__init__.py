"""What was said of the ZigBee stack of each CPL entry: given with submissions, or taken from e-mails."""
