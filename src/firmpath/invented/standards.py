"""What stood in the standards in the year an entry was listed, and how long its certificates last."""

from datetime import date
from typing import Final

from firmpath.pathways.device_model import DeviceType

_CPA_PERCENT: Final = {
    DeviceType.ESME: 95,
    DeviceType.GSME: 95,
    DeviceType.COMMUNICATIONS_HUB: 97,
    DeviceType.PPMID: 10,
    DeviceType.HCALCS: 30,
    DeviceType.SAPC: 50,
}
_SMETS: Final = {
    2016: "SMETS V1.58",
    2017: "V2.0",
    2018: "V3.0",
    2019: "V3.1",
    2020: "V4.1",
    2021: "V4.2",
    2022: "V4.2",
    2023: "V5.0",
    2024: "V5.1",
    2025: "V5.1",
}
_CHTS: Final = {
    2016: "V1.0",
    2017: "V1.0",
    2018: "V1.1",
    2019: "V1.1",
    2020: "V1.2",
    2021: "V1.3",
    2022: "V1.3",
    2023: "V1.4",
    2024: "V1.5",
    2025: "V1.5",
}
_GBCS: Final = {
    2016: "1.0",
    2017: "1.1",
    2018: "2.0",
    2019: "2.1",
    2020: "3.2",
    2021: "3.2",
    2022: "4.0",
    2023: "4.1",
    2024: "4.2",
    2025: "4.2",
}

_CPA_TURNS: Final = 61  # shares no factor with 100, so every hundred histories have every turn once
_FIRST_CPA_YEAR: Final = 2024
_CPA_YEARS: Final = 12
_CPA_TERM_DAYS: Final = 6 * 365


def smets_chts_version(device_type: DeviceType, year: int) -> str:
    """Give the version of CHTS for a Communications Hub, and of SMETS for any other Device."""
    return (_CHTS if device_type is DeviceType.COMMUNICATIONS_HUB else _SMETS)[year]


def gbcs_version(year: int) -> str:
    """Give the version of the GBCS."""
    return _GBCS[year]


def has_cpa_certificate(device_type: DeviceType, history_number: int) -> bool:
    """Say whether a model has a CPA certificate: nearly all meters and hubs have, few of the others.

    The models take turns, because in a short list chance might leave none without.
    """
    return history_number * _CPA_TURNS % 100 < _CPA_PERCENT[device_type]


def cpa_valid_until(history_number: int, certified_on: int) -> date:
    """Give the last day of a CPA certificate issued on the ordinal `certified_on`.

    It runs for six years at the least. The models take turns over the years 2024 to 2035, so that even a
    short list has certificates that have lapsed and others with years to run; the showcase, which is the first
    model, has the longest.
    """
    renewed_until = date(_FIRST_CPA_YEAR + (history_number - 1) % _CPA_YEARS, 1 + history_number % 7, 28)
    return max(renewed_until, date.fromordinal(certified_on + _CPA_TERM_DAYS))
