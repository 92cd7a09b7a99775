"""Every trap is in every list that is long enough, found by a plain look at the rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

import pytest

from firmpath.invented.cpl import Row, invented_rows

Rows = tuple[Row, ...]
Trap = Callable[[Rows], bool]


@cache
def rows_of(entries: int, seed: int) -> Rows:
    return tuple(invented_rows(entries, seed))


def bases_of(row: Row) -> tuple[str, ...]:
    return () if row.base_cpl_entry_ids in ("", "N/A") else tuple(row.base_cpl_entry_ids.split("; "))


def hardware_of(row: Row) -> tuple[str, ...]:
    return row.device_type, row.manufacturer_id, row.model_id, row.hardware_version, row.hardware_revision


def models(rows: Rows) -> Iterable[list[Row]]:
    by_model = defaultdict(list)
    for row in rows:
        by_model[hardware_of(row)].append(row)
    return by_model.values()


def by_id(rows: Rows) -> dict[str, Row]:
    return {row.cpl_entry_id: row for row in rows}


def named(rows: Rows) -> set[str]:
    return {base for row in rows for base in bases_of(row)}


def twins(rows: Rows) -> Iterable[tuple[Row, Row]]:
    for model in models(rows):
        for position, row in enumerate(model):
            for later in model[position + 1 :]:
                if row.firmware_version == later.firmware_version:
                    yield row, later


def twins_have_two_hashes(rows: Rows) -> bool:
    return any(a.manufacturer_image_hash != b.manufacturer_image_hash for a, b in twins(rows))


def base_list_names_one_twin(rows: Rows) -> bool:
    return any(
        (a.cpl_entry_id in bases_of(row)) != (b.cpl_entry_id in bases_of(row))
        for a, b in twins(rows)
        for row in rows
    )


def base_list_names_both_twins(rows: Rows) -> bool:
    return any({a.cpl_entry_id, b.cpl_entry_id} <= {*bases_of(row)} for a, b in twins(rows) for row in rows)


def meter_and_ppmid_share_an_image(rows: Rows) -> bool:
    types = defaultdict(set)
    for row in rows:
        types[row.manufacturer_image_hash].add(row.device_type)
    return {"ESME", "PPMID"} in types.values()


def removed_in_the_middle_of_a_chain(rows: Rows) -> bool:
    return any(row.status == "removed" and bases_of(row) and row.cpl_entry_id in named(rows) for row in rows)


def removed_newest(rows: Rows) -> bool:
    return any(len(model) > 1 and model[-1].status == "removed" for model in models(rows))


def bases_all_removed(rows: Rows) -> bool:
    found = by_id(rows)
    return any(bases_of(row) and {found[base].status for base in bases_of(row)} == {"removed"} for row in rows)


def base_listed_later(rows: Rows) -> bool:
    found = by_id(rows)
    return any(found[base].listed_on > row.listed_on for row in rows for base in bases_of(row))


def two_based_on_each_other(rows: Rows) -> bool:
    found = by_id(rows)
    return any(row.cpl_entry_id in bases_of(found[base]) for row in rows for base in bases_of(row))


def base_later_without_a_cycle(rows: Rows) -> bool:
    found = by_id(rows)
    return any(
        found[base].listed_on > row.listed_on and row.cpl_entry_id not in bases_of(found[base])
        for row in rows
        for base in bases_of(row)
    )


def not_applicable_though_there_are_earlier_entries(rows: Rows) -> bool:
    return any(row.base_cpl_entry_ids == "N/A" for model in models(rows) for row in model[1:])


def several_newest(rows: Rows) -> bool:
    return any(len(model) > 1 and model[-1].listed_on == model[-2].listed_on for model in models(rows))


def meter_with_old_single_band(rows: Rows) -> bool:
    return any(row.zigbee_band == "Single Band (2.4GHz)" and row.device_type in ("ESME", "GSME") for row in rows)


def meter_with_dual_band(rows: Rows) -> bool:
    return any(row.zigbee_band == "Dual Band" and row.device_type in ("ESME", "GSME") for row in rows)


def hub_with_dual_band(rows: Rows) -> bool:
    return any(row.zigbee_band == "Dual Band" and row.device_type == "Communications Hub" for row in rows)


def versions_go_down_as_time_goes_on(rows: Rows) -> bool:
    found = by_id(rows)
    return any(
        row.listed_on > found[base].listed_on and row.firmware_version < found[base].firmware_version
        for row in rows
        for base in bases_of(row)
    )


def versions_in_bcd_and_in_hex(rows: Rows) -> bool:
    decimal = {row.firmware_version.isdigit() for row in rows}
    return decimal == {True, False}


def version_with_leading_zeros(rows: Rows) -> bool:
    return any(row.firmware_version.startswith("000") for row in rows)


def version_like_an_exponent(rows: Rows) -> bool:
    return any(row.firmware_version == "00001E05" for row in rows)


def model_id_of_digits_with_a_leading_zero(rows: Rows) -> bool:
    return any(row.model_id.isdigit() and row.model_id.startswith("0") for row in rows)


def hardware_version_of_digits_with_a_leading_zero(rows: Rows) -> bool:
    return any(row.hardware_version.isdigit() and row.hardware_version.startswith("0") for row in rows)


def revision_differs_from_that_of_the_base(rows: Rows) -> bool:
    found = by_id(rows)
    return any(row.hardware_revision != found[base].hardware_revision for row in rows for base in bases_of(row))


def cpa_certificate_that_has_lapsed(rows: Rows) -> bool:
    return any("" < row.cpa_valid_until < "2026" for row in rows)


def cpa_certificate_with_years_to_run(rows: Rows) -> bool:
    return any(row.cpa_valid_until > "2032" for row in rows)


def ppmid_or_hcalcs_without_cpa(rows: Rows) -> bool:
    return any(not row.cpa_certificate and row.device_type in ("PPMID", "HCALCS") for row in rows)


def no_contact(rows: Rows) -> bool:
    return any(not row.contact for row in rows)


def no_release_notes(rows: Rows) -> bool:
    return any(not row.release_notes_url for row in rows)


def no_firmware_name(rows: Rows) -> bool:
    return any(not row.firmware_name for row in rows)


def nobody_has_said(rows: Rows) -> bool:
    return any(not row.base_cpl_entry_ids for row in rows)


def silent_entry_breaks_a_chain(rows: Rows) -> bool:
    return any(
        not row.base_cpl_entry_ids and row.cpl_entry_id in named(rows) and row is not model[0]
        for model in models(rows)
        for row in model
    )


def isolated_entry(rows: Rows) -> bool:
    return any(
        not bases_of(row) and row.cpl_entry_id not in named(rows)
        for model in models(rows)
        if len(model) > 1
        for row in model
    )


def dead_end(rows: Rows) -> bool:
    return any(
        bases_of(row) and row.cpl_entry_id not in named(rows) for model in models(rows) for row in model[:-1]
    )


def two_components_in_a_model(rows: Rows) -> bool:
    return any(sum(len(part) > 1 for part in components(model)) > 1 for model in models(rows))


def components(model: list[Row]) -> Iterable[set[str]]:
    parts: dict[str, set[str]] = {row.cpl_entry_id: {row.cpl_entry_id} for row in model}
    for row in model:
        for base in bases_of(row):
            if base in parts and parts[base] is not parts[row.cpl_entry_id]:
                joined = parts[base] | parts[row.cpl_entry_id]
                parts.update(dict.fromkeys(joined, joined))
    return {id(part): part for part in parts.values()}.values()


TRAPS: tuple[Trap, ...] = (
    twins_have_two_hashes,
    base_list_names_one_twin,
    base_list_names_both_twins,
    meter_and_ppmid_share_an_image,
    removed_in_the_middle_of_a_chain,
    removed_newest,
    bases_all_removed,
    base_listed_later,
    base_later_without_a_cycle,
    two_based_on_each_other,
    not_applicable_though_there_are_earlier_entries,
    several_newest,
    meter_with_old_single_band,
    meter_with_dual_band,
    hub_with_dual_band,
    versions_go_down_as_time_goes_on,
    versions_in_bcd_and_in_hex,
    version_with_leading_zeros,
    version_like_an_exponent,
    model_id_of_digits_with_a_leading_zero,
    hardware_version_of_digits_with_a_leading_zero,
    revision_differs_from_that_of_the_base,
    cpa_certificate_that_has_lapsed,
    cpa_certificate_with_years_to_run,
    ppmid_or_hcalcs_without_cpa,
    no_contact,
    no_release_notes,
    no_firmware_name,
    nobody_has_said,
    silent_entry_breaks_a_chain,
    isolated_entry,
    dead_end,
    two_components_in_a_model,
)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.__name__)
def test_trap_is_there_at_60_and_200_entries_whatever_the_seed(trap: Trap) -> None:
    missing = [(entries, seed) for entries in (60, 200) for seed in range(12) if not trap(rows_of(entries, seed))]
    assert missing == []


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.__name__)
def test_trap_is_there_at_5000_entries(trap: Trap) -> None:
    assert trap(rows_of(5_000, 1))


def test_histories_have_up_to_40_entries() -> None:
    lengths = [len(model) for model in models(rows_of(5_000, 1))]
    assert min(lengths) == 1
    assert 25 < max(lengths) <= 40


def test_early_entries_are_silent_far_more_often_than_late_ones() -> None:
    rows = rows_of(5_000, 1)
    early = [not row.base_cpl_entry_ids for row in rows if row.listed_on < "2019"]
    late = [not row.base_cpl_entry_ids for row in rows if row.listed_on >= "2019"]
    assert 0.3 < sum(early) / len(early) < 0.7
    assert 0.005 < sum(late) / len(late) < 0.1


def test_twins_go_on_top_of_the_same_entries_where_anybody_has_said() -> None:
    for a, b in twins(rows_of(5_000, 1)):
        if a.base_cpl_entry_ids and b.base_cpl_entry_ids:
            assert a.base_cpl_entry_ids == b.base_cpl_entry_ids
