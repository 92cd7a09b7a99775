"""Who: Parties, the people and programs that act for them, and what each may do."""
