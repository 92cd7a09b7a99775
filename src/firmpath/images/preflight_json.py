"""What came of a preflight as a JSON object: the same for the command line and the API."""

from firmpath.images.assurances import assurances_json
from firmpath.images.preflight import Preflight
from firmpath.images.preflight_words import Group, explain_preflight, find_groups, find_not_known
from firmpath.images.together import Together
from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.json_form.mentioned import named_json


def preflight_json(found: Preflight) -> Json:
    """Give the answer as a JSON object, with a verdict for each Device in the order of the list."""
    groups = find_groups(found)
    numbers = {id(verdict): at for at, group in enumerate(groups) for verdict in group.verdicts}
    fields: Json = {
        "version": 1,
        "answer": "go" if found.is_go else "no_go",
        "as_at": found.catalogue.as_at.isoformat(),
        "service_request": found.request.service_reference,
        "request_id": str(found.request.request_id),
        "is_signed": found.request.is_signed,
        "manufacturer_image_hashes": list(found.request.hashes),
        "targets": list(found.targets.entries),
        **({"excluded_entries": sorted(found.catalogue.excluded)} if found.catalogue.excluded else {}),
        "objections": [
            {"kind": each.kind.value, "text": str(each.fault), "remedy": each.fault.right}
            for each in found.objections
        ],
        "groups": list(map(_group, groups)),
        "devices": [
            {
                "device_id": device_id,
                "go": verdict.is_go,
                "reason": verdict.reason.value,
                "group": numbers[id(verdict)],
            }
            for device_id, verdict in found.verdicts.items()
        ],
        "repaired": list(found.repaired),
        "assurances": assurances_json(found.terms.assurances, found.assured),
        "not_known": list(find_not_known(found)),
    }
    mentioned = {name: fields.get(name, []) for name in ("targets", "excluded_entries", "groups")}
    named = named_json(mentioned, found.catalogue)
    return {**fields, "entries": named, "explanation": explain_preflight(found, groups)._asdict()}


def together_json(together: Together) -> Json:
    """Give the answers to several requests as one JSON object, each with the name of its file as it is alone."""
    return {
        "version": 1,
        "answer": "go" if together.is_go else "no_go",
        "requests": [{"file": each.name, **preflight_json(each.found)} for each in together.judged],
        "between_them": [{"text": str(each), "remedy": each.right} for each in together.faults],
    }


def _group(group: Group) -> Json:
    return {
        "go": group.is_go,
        "reason": group.verdicts[0].reason.value,
        "candidates": sorted({each for verdict in group.verdicts for each in verdict.installed}),
        "text": group.text,
        "next_step": group.next_step,
        "devices": len(group.device_ids),
    }
