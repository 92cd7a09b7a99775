"""Forms of Django and of allauth, asked like every other question."""

from collections.abc import Iterable, Iterator

from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea, Widget

from firmpath.registry.web.questions import Asked, Choice, Kind, Question

_BY_INPUT_TYPE: dict[str, Kind] = {
    "email": "email",
    "password": "password",
    "file": "file",
    "hidden": "hidden",
    "search": "search",
}


def asked_of_field(field: BoundField) -> Asked:
    """Put a field of a form, its answer and its faults as a question."""
    kind = _kind_of(field.field.widget)
    attributes = field.field.widget.attrs
    question = Question(
        field.html_name,
        str(field.label),
        hint=str(field.help_text),
        kind=kind,
        choices=tuple(_choices_of(field)) if kind in ("select", "radios", "checkboxes") else (),
        optional=not field.field.required and kind not in ("checkbox", "hidden"),
        autocomplete=str(attributes.get("autocomplete", "")),
        inputmode=str(attributes.get("inputmode", "")),
    )
    return Asked(question, _values_of(field, kind), tuple(_errors_of(field)), field.auto_id or "")


def problems_of(form: BaseForm) -> list[tuple[str, str]]:
    """Give every fault of a form with a link to its field, or with "" where it belongs to none."""
    general = [(str(error), "") for error in form.non_field_errors()]
    hidden = [(error, "") for field in form.hidden_fields() for error in _errors_of(field)]
    beside = [(error, f"#{field.auto_id}") for field in form.visible_fields() for error in _errors_of(field)]
    return general + hidden + beside


def _errors_of(field: BoundField) -> Iterator[str]:
    """Name the field in each fault: Django's own texts do not, and a summary is read away from its fields."""
    return (f"{field.label}: {error}" for error in field.errors)


def _kind_of(widget: Widget) -> Kind:
    match widget:
        case CheckboxInput():
            return "checkbox"
        case CheckboxSelectMultiple():
            return "checkboxes"
        case RadioSelect():
            return "radios"
        case Select():
            return "select"
        case Textarea():
            return "textarea"
    return _BY_INPUT_TYPE.get(getattr(widget, "input_type", None) or "", "text")


def _choices_of(field: BoundField) -> Iterator[Choice]:
    choices: Iterable[tuple[object, object]] = getattr(field.field, "choices", ())
    return (Choice(str(value), str(label)) for value, label in choices)


def _values_of(field: BoundField, kind: Kind) -> tuple[str, ...]:
    value = field.value()
    if kind in ("password", "file") or value in (None, "", False):
        return ()
    if kind == "checkbox":
        return ("on",)
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else (str(value),)
