"""A manifest of waves, read strictly: what is not understood is refused, and every fault has its place.

What a service request is made of has to be right to the digit, whoever has had the file in between.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from firmpath.fleet.device_id_spelling import AS_IN_DUIS
from firmpath.fleet.manifest_fields import DEADLINE, FILE, LIMITS, MANIFEST, WAVE, Reading, read_json
from firmpath.fleet.manifest_form import (
    FORMAT,
    NAME,
    VERSION,
    Manifest,
    ManifestDeadline,
    ManifestFile,
    ManifestLimits,
    ManifestWave,
    service_request,
)
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.tables.files import file_fault, read_octets


def read_manifest(path: str | Path) -> Manifest:
    """Read a manifest: the file itself, the folder of waves, or the folder of the plan.

    :raises FirmpathError: it cannot be read, is of another format or version, or has any fault; all of them.
    """
    file = manifest_file(path)
    written = read_json(read_octets(file), str(file))
    _require_version(written, str(file))
    reading = Reading(str(file))
    found = reading.fields(written, "", MANIFEST)
    limits = reading.fields(found["limits"], "limits", LIMITS) if "limits" in found else None
    deadline = reading.fields(found["deadline"], "deadline", DEADLINE) if "deadline" in found else None
    waves = [_wave(reading, each, f"waves[{at}]") for at, each in enumerate(found.get("waves", ()))]
    refuse_if_any(reading.faults)
    manifest = Manifest(
        found["as_at"],
        found.get("known_at", NOT_KNOWN),
        found.get("columns", {}),
        found.get("targets", ()),
        found.get("status_column", NOT_KNOWN),
        found.get("cpl_mapping", {}),
        found.get("cpl_ignored", ()),
        found.get("cpl_sheet", ""),
        found.get("inventory_mapping", {}),
        found["devices_in_a_file_at_most"],
        found.get("accepted_notices", ()),
        found.get("because", ""),
        found.get("excluded_entries", ()),
        found.get("excluded_notices", ()),
        ManifestLimits(*_all_of(ManifestLimits._fields, limits)) if limits else NOT_KNOWN,
        ManifestDeadline(*_all_of(ManifestDeadline._fields, deadline)) if deadline else NOT_KNOWN,
        found["devices"],
        tuple(waves),
    )
    refuse_if_any(fault.at(f"in {place} of {file}") for place, fault in _check(manifest))
    return manifest


def _all_of(fields: Sequence[str], found: Mapping[str, Any]) -> Iterator[Any]:
    return (found.get(each, NOT_KNOWN) for each in fields)


def read_device_ids(path: str | Path, file: ManifestFile) -> tuple[str, ...]:
    """Read the Device IDs of a file that a manifest lists; `path` is what `read_manifest` was given.

    :raises FirmpathError: the file is not there, or not what the manifest says of it.
    """
    name = manifest_file(path).parent / file.name
    octets = read_octets(name)
    if hashlib.sha256(octets).hexdigest() != file.sha256:
        right = "make the plan again, or fetch the file again"
        raise FirmpathError(file_fault(name, "is not the file that the manifest lists: its SHA-256 differs", right))
    lines = octets.decode("ascii", "replace").split("\n")
    if len(lines) != file.devices + 1 or lines.pop() or not all(map(AS_IN_DUIS.fullmatch, lines)):
        wrong = f"is not {file.devices} Device IDs, one on each line and written as in 00-DB-12-34-56-78-90-A0"
        raise FirmpathError(file_fault(name, wrong, "make the plan again"))
    return tuple(lines)


def manifest_file(path: str | Path) -> Path:
    """Give the file of a manifest, which may be named by a folder that has it."""
    folder = Path(path)
    within = (folder / NAME, folder / "waves" / NAME)
    return next((each for each in within if each.is_file()), folder)


def _require_version(written: Any, path: str) -> None:
    """Refuse other formats before anything else is looked at: their fields mean nothing here."""
    if not isinstance(written, dict) or written.get("format") != FORMAT:
        right = f'a manifest has "format": "{FORMAT}"'
        raise FirmpathError(file_fault(path, "is not a manifest of waves", right))
    if written.get("version") is True or written.get("version") != VERSION:
        wrong = f"is not {VERSION}, the version that is understood here"
        right = "make the plan again with this release, or take a newer release"
        raise FirmpathError(Fault("Version", str(written.get("version")), wrong, right, f"in version of {path}"))


def _wave(reading: Reading, written: Any, place: str) -> Any:
    found = reading.fields(written, place, WAVE)
    files = [reading.fields(each, f"{place}.files[{at}]", FILE) for at, each in enumerate(found.get("files", ()))]
    if reading.faults:
        return None
    listed = tuple(ManifestFile(**{"day": 0, "on": NOT_KNOWN, **each}) for each in files)
    return ManifestWave(**{"firmware_name": NOT_KNOWN, **found, "files": listed})


def _check(manifest: Manifest) -> Iterator[tuple[str, Fault]]:
    """Find what does not go together, with its place."""
    if bool(manifest.accepted_notices) != bool(manifest.because):
        yield "accepted_notices", Fault("Notices", "", "are accepted if and only if because says why", quoted=False)
    yield from _check_sum("devices", manifest.devices, sum(wave.devices for wave in manifest.waves))
    seen: dict[object, str] = {}
    for at, wave in enumerate(manifest.waves):
        place = f"waves[{at}]"
        yield from _check_once(seen, wave.cpl_entry_id, f"{place}.cpl_entry_id")
        yield from _check_sum(f"{place}.devices", wave.devices, sum(file.devices for file in wave.files))
        if wave.service_request != service_request(wave.device_type):
            right = f"for {wave.device_type} it is {service_request(wave.device_type)}"
            yield f"{place}.service_request", Fault("Service request", wave.service_request, "does not fit", right)
        for number, file in enumerate(wave.files):
            yield from _check_once(seen, file.name, f"{place}.files[{number}].name")
            yield from _check_file(manifest, wave, file, f"{place}.files[{number}]")
    if manifest.limits:
        yield from _check_limits(manifest, manifest.limits)


def _check_file(
    manifest: Manifest, wave: ManifestWave, file: ManifestFile, place: str
) -> Iterator[tuple[str, Fault]]:
    if file.devices > manifest.devices_in_a_file_at_most:
        wrong = f"are more than the {manifest.devices_in_a_file_at_most} that a file may have"
        yield f"{place}.devices", Fault("Devices", str(file.devices), wrong, quoted=False)
    day = f"day-{file.day:04}/" if file.day else ""
    if not file.name.startswith(f"{day}to-{wave.cpl_entry_id}-"):
        right = f"it begins with {day}to-{wave.cpl_entry_id}-"
        yield f"{place}.name", Fault("File", file.name, "is not named for its entry and its day", right)
    limits = manifest.limits
    if bool(limits) != bool(file.day) or bool(limits) != bool(file.on):
        wrong = "has a day and a date if and only if the manifest has limits"
        yield f"{place}.name", Fault("File", file.name, wrong)
    elif limits and file.on and not _is_right(file, limits):
        wrong = f"is not day {file.day} from {limits.first_day}"
        yield f"{place}.on", Fault("Date", str(file.on), wrong, quoted=False)


def _is_right(file: ManifestFile, limits: ManifestLimits) -> bool:
    """Say whether the date of a file is that of its day."""
    try:
        return file.on == limits.on(file.day)
    except FirmpathError:
        return False


def _check_limits(manifest: Manifest, limits: ManifestLimits) -> Iterator[tuple[str, Fault]]:
    """Find days that are full beyond the limit, and a last day that is not the last."""
    by_day: Counter[int] = Counter()
    for wave in manifest.waves:
        for file in wave.files:
            by_day[file.day] += file.devices
    if limits.days != max(by_day, default=0):
        wrong = f"are {max(by_day, default=0)} by the files that are listed"
        yield "limits.days", Fault("Days", str(limits.days), wrong, "make the plan again", quoted=False)
    for day in sorted(by_day):
        if limits.devices_a_day and by_day[day] > limits.devices_a_day:
            wrong = f"has {by_day[day]} Devices, and {limits.devices_a_day} are allowed"
            yield "limits.devices_a_day", Fault("Day", str(day), wrong, "make the plan again", quoted=False)


def _check_sum(place: str, said: int, found: int) -> Iterator[tuple[str, Fault]]:
    if said != found:
        wrong = f"are {found} by what is listed below it"
        yield place, Fault("Devices", str(said), wrong, "make the plan again", quoted=False)


def _check_once(seen: dict[object, str], value: object, place: str) -> Iterator[tuple[str, Fault]]:
    before = seen.setdefault(value, place)
    if before != place:
        yield place, Fault("Value", str(value), f"is there already, in {before}", "name each once")
