"""The button that fills the SSC's empty part with what is invented, where the CPL is the example."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.example.filling import fill


@allowed(POST=Act.WORK_SSC)
def fill_example(request: Asked) -> HttpResponse:
    """Fill it, and show what came of it; a refusal is a page of its own."""
    number = fill(request.who, request.at)
    messages.success(request, "All that you see here now is invented: stacks, names, vulnerabilities, and Devices.")
    return redirect(f"{reverse('ssc_vulnerabilities')}?inventory={number}")
