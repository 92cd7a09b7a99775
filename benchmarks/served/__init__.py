"""A register that is served for the benchmarks, with views beside it that do nothing."""
