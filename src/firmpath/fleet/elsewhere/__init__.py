"""Plans where the inventory already is: on a Spark cluster, or as SQL for a warehouse, from one expression.

Loaded for `firmpath plan --engine spark` and `--engine sql` only. Source: FEATURES F43; DESIGN decision 10.
"""
