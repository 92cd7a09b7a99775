"""Tables in and out of the register: CSV and XLSX, one row for each CPL entry.

In: `reading` gives `TableRows` from a file, `statements` turns them into Statements or reports every fault
of every row. Out: `entry_rows` gives the cells of an entry, `writing` puts them in a file.
"""
