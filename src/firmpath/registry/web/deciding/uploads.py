"""Files that come with a form. What is too large as a whole has been refused before a view sees it."""

from firmpath.registry.parties.access import Asked
from firmpath.registry.submissions.evidence import Given, parse_files


def read_files(request: Asked, name: str) -> tuple[Given, ...]:
    """Take the files that were sent with a form.

    :raises FirmpathError: every fault of every file.
    """
    return parse_files([Given(each.name or "", each.read()) for each in request.FILES.getlist(name)])
