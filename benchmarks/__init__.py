"""How fast Firmpath is: every figure beside what it may be, and beside a plain measure from the same run."""
