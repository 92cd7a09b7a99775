"""A Central Products List that does not exist: any size, from a seed, with every trap of the real one.

`cpl.invented_rows` gives its table and `statements.invented_statements` what a table cannot hold. Every
manufacturer, address and Device in it is invented.
"""
