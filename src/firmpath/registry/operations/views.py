"""Whether the register lives, and whether it is ready: for those who run it, and for what restarts it."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from firmpath import __version__
from firmpath.registry.operations.readiness import what_is_not_ready
from firmpath.registry.parties.access import allowed
from firmpath.registry.parties.roles import Act


@allowed(GET=Act.READ_CPL)
def live(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return JsonResponse({"live": True, "version": __version__})


@allowed(GET=Act.READ_CPL)
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether everything is there that answers need; 503 with the names of what is not."""
    missing = what_is_not_ready()
    response = JsonResponse({"ready": not missing, "not_ready": list(missing)}, status=503 if missing else 200)
    if missing:
        response.headers["Retry-After"] = "5"
    return response
