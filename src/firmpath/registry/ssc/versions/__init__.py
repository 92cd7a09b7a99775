"""ZigBee stacks by name and version: who makes them, how they are spelt, and how their versions compare."""
