"""The report of a plan: one page that opens offline, with nothing but itself. Source: FEATURES F42."""
