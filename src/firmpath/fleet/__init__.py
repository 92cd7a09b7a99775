"""Plans for fleets: what every Device of an inventory is to be given next, and why, for millions at once.

The core answers once for each different reading of an inventory; an engine joins the answers to its rows.
Source: DESIGN decision 10; FEATURES F40 to F43.
"""

import os

# Arrow reads this once, when it is loaded. Source: ADR 0021.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
