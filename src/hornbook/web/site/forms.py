"""Forms as GOV.UK components."""

from typing import Final

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

_STYLES: Final = {
    "select": "govuk-select",
    "checkbox": "govuk-checkboxes__input",
    "file": "govuk-file-upload",
    "textarea": "govuk-textarea",
}


class Renderer(TemplatesSetting):
    """Fields and forms are drawn by Hornbook's own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def widget(field: BoundField) -> SafeString:
    """The field's widget with the component's class, told apart where it is wrong."""
    style = _STYLES.get(field.widget_type, "govuk-input")
    classes = f"{style} {style}--error" if field.errors else style
    return field.as_widget(attrs={"class": classes})
