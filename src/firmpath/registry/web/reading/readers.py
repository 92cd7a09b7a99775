"""Who sees how much: the CPL is everybody's, the FIR is for people who are signed in with a second factor."""

from firmpath.registry.parties.access import Asked
from firmpath.registry.parties.roles import Act


def may_edit(request: Asked) -> bool:
    """Say whether links to what SECAS alone does are of use."""
    return request.has_second_factor and request.who.may(Act.EDIT)


def reads_fir(request: Asked) -> bool:
    """Say whether pathways, release information, notices and history may be shown as well."""
    is_proven = request.has_second_factor or bool(request.who.token_id)
    return is_proven and request.who.may(Act.READ_FIR)
