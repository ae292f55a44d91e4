"""textaug validate: is a recipe right, and what does it say?"""

import json

import click

from textaug.cli.options import load_modules, load_option


@click.command("validate")
@click.argument("recipe")
@load_option
@click.option("--json", "as_json", is_flag=True, help="Print the recipe as JSON.")
def command(recipe: str, modules: tuple[str, ...], as_json: bool) -> None:
    """Check a recipe: a ready one's name, a .toml, .yaml or .json file, or a transform."""
    from textaug.recipe import load

    load_modules(modules)
    made = load(recipe)
    if as_json:
        click.echo(json.dumps(made.to_dict(), ensure_ascii=False))
        return
    click.echo(f"{recipe} is valid:")
    for leaf in made.leaves():
        fields = {name: value for name, value in leaf.to_dict().items() if name != "transform"}
        shown = ", ".join(f"{name}={value!r}" for name, value in fields.items())
        click.echo(f"  {type(leaf).__name__}({shown})  label: {leaf.label_effect}")
