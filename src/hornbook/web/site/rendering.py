"""Django's forms, drawn with Hornbook's own components."""

from typing import Final

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

_CLASSES: Final = {
    "select": "govuk-select",
    "checkbox": "govuk-checkboxes__input",
    "file": "govuk-file-upload",
    "clearablefile": "govuk-file-upload",
    "textarea": "govuk-textarea",
}


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` come out as components."""

    form_template_name = "components/fields.html"
    field_template_name = "components/field.html"


def widget(field: BoundField) -> SafeString:
    """A field's input, select or text area with the classes of its component."""
    kind = _CLASSES.get(field.widget_type, "govuk-input")
    own = field.field.widget.attrs.get("class", "")
    wrong = f"{kind}--error" if field.errors else ""
    classes = " ".join(part for part in (kind, own, wrong) if part)
    return field.as_widget(attrs={"class": classes})
