"""Plans for fleets: what every Device of an inventory is to be given next, and why, for millions at once.

The core answers once for each different reading of an inventory; an engine joins the answers to its rows.
Source: DESIGN decision 10; FEATURES F40 to F43.
"""

import os

# Arrow reads this once, when it is loaded. Source: ADR 0021.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

# Here nothing multiplies matrices: NumPy's library for it need not start a thread for each core, which spin at
# first and take a tenth of a second of the processor. It reads this once, when NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
