"""`hornbook rules`: what the codes mean."""

from typing import Annotated

import typer

from hornbook import catalogue
from hornbook.findings import Rule, rule


def rules(
    code: Annotated[
        str | None, typer.Argument(help="A code, such as R02.", show_default=False)
    ] = None,
) -> None:
    """List the rules, or explain one."""
    if code is None:
        typer.echo("\n".join(map(_line, catalogue.ordered())))
        return
    try:
        found = rule(code.upper())
    except KeyError:
        raise typer.BadParameter(f"There is no rule {code}.") from None
    typer.echo(catalogue.entry(found), nl=False)


def _line(rule: Rule) -> str:
    """One rule on one line."""
    return f"{rule.code}  {rule.severity:<6}  {rule.title}"
