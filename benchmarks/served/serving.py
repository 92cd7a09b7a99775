"""Serve the application of the benchmarks as `firmpath serve` serves the register: `serving PORT`."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    import benchmarks.served.application  # noqa: F401  # as `firmpath serve` does, read the ledger first
    from firmpath.registry.operations.serving import Served, serve

    serve(Served("127.0.0.1", int(sys.argv[1]), 1, 4), "benchmarks.served.application:application")
