"""The lists that `firmpath ssc` reads from a register, for the Security Sub-Committee alone."""
