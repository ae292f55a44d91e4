"""textaug list: what there is."""

import click


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """List the transforms by what they work on, what each does to labels, and the ready recipes."""
    from textaug.compose import READY
    from textaug.report.docs import first_line, stated_effect
    from textaug.transform import LEVELS, registry

    order = {level: place for place, level in enumerate((*LEVELS, ""))}
    found = sorted(registry().items(), key=lambda item: order[item[1].about.level])
    rows = [(name, cls.about.level, cls.about.languages, stated_effect(cls), first_line(cls)) for name, cls in found]
    ready = [(name, first_line(make)) for name, make in READY.items()]
    if as_json:
        import json

        keys = ("name", "level", "languages", "label_effect", "summary")
        recipes = [{"name": name, "summary": line} for name, line in ready]
        transforms = [dict(zip(keys, row, strict=True)) for row in rows]
        click.echo(json.dumps({"transforms": transforms, "recipes": recipes}, ensure_ascii=False))
        return
    from rich.table import Table

    from textaug.report.terminal import QUIET, console

    table = Table(box=None, pad_edge=False, header_style=QUIET)
    for head in ("transform", "level", "languages", "label", "what it does"):
        table.add_column(head, no_wrap=head != "what it does")
    for name, level, languages, effect, line in rows:
        style = {"preserves": "green", "flips": "red"}.get(effect, "yellow")
        table.add_row(name, level, languages, f"[{style}]{effect}[/]", line)
    table.add_section()
    for name, line in ready:
        table.add_row(f"recipe {name}", "", "", "", line)
    console().print(table)
