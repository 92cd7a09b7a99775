"""The register as a WSGI application, for granian or any other server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firmpath.registry.settings")

application = get_wsgi_application()


def _warm_up() -> None:
    """Read the ledger before the first request comes, which else would wait for it.

    What is in memory then stays, so it is never searched for garbage: that would stop everything for a while.
    """
    from django.db import connections

    from firmpath.registry.operations.logs import log_whatever_else_is_printed
    from firmpath.registry.operations.readiness import what_is_not_ready

    log_whatever_else_is_printed()
    what_is_not_ready()
    connections.close_all()
    gc.collect()
    gc.freeze()


_warm_up()
