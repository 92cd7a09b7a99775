"""The register as a WSGI application, for granian or any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firmpath.registry.settings")

application = get_wsgi_application()


def _warm_up() -> None:
    """Read the ledger before the first request comes, which else would wait for it."""
    from firmpath.registry.operations.readiness import what_is_not_ready

    what_is_not_ready()


_warm_up()
