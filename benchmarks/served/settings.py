"""The register's settings, with a view more that does nothing."""

from firmpath.registry.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.served.urls"
