"""Answers as JSON objects: one documented form for the command line and everything else that is read by machines.

Every object has `"version": 1`; a field may be added in one version, never changed or taken away.
"""

from firmpath.pathways.json_form.answers import answer_json
from firmpath.pathways.json_form.entries import entry_json
from firmpath.pathways.json_form.others import difference_json, faults_json, findings_json, sequence_json

__all__ = ["answer_json", "difference_json", "entry_json", "faults_json", "findings_json", "sequence_json"]
