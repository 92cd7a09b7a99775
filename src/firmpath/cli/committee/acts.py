"""What `firmpath ssc` can be asked to do: what each act needs besides its name, and a few words about it."""

from typing import Final, NamedTuple


class Act(NamedTuple):
    """An act: the kind of thing it `needs` to be told, '' where nothing, and what it does."""

    needs: str
    words: str


VULNERABILITY: Final = "VULNERABILITY"
NAMING: Final = ("add-name", "change-name")
ACTS: Final = {
    "vulnerabilities": Act("", "every vulnerability, its number, and what it comes to"),
    "stacks": Act("", "the ZigBee stack of each entry"),
    "names": Act("", "makers and stacks that are known, and what matches none"),
    "inventories": Act("", "inventories and their numbers"),
    "looks": Act("", "who looked at what"),
    "exposure": Act(VULNERABILITY, "which entries it affects, with their ways out"),
    "fixes": Act(VULNERABILITY, "which further upgrades would rescue most"),
    "letters": Act(VULNERABILITY, "letters that ask for what nobody has given"),
    "assessments": Act(VULNERABILITY, "what the SSC said of entries"),
    "assess": Act(VULNERABILITY, "say whether entries are affected, whatever their versions say"),
    "openvex": Act(VULNERABILITY, "the exposure as an OpenVEX document"),
    "add-name": Act("NAME", "add a maker or a stack"),
    "change-name": Act("NUMBER", "rename one, or add spellings"),
    "import": Act("FILE", "take vulnerabilities in: CSV, a CVE record, or OSV"),
    "count": Act("INVENTORY", "count its Devices by entry, and give the register the counts"),
}


def help_of_acts() -> str:
    """Say of each act in a few words what it does."""
    return "; ".join(f"{name}: {act.words}" for name, act in ACTS.items())
