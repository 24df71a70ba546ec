"""``wirehouse gazetteer``: a user's own places beside those that travel with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from transforms.places.additions import add_file
from transforms.places.index import index_path
from transforms.reference.added_files import added_files

gazetteer_app = typer.Typer(no_args_is_help=True, help="Which places names are resolved to.")


@gazetteer_app.command("add")
def add_places(
    file: Annotated[Path, typer.Argument(help="A file in GeoNames' format: nineteen columns, tabulators, no header.")],
) -> None:
    """Add a GeoNames-format file to the gazetteer; a file of the same name is replaced."""
    places = add_file(file)
    index_path()
    typer.echo(f"{places} places of {file.name} added; the next run resolves names to them, too.")


@gazetteer_app.command("list")
def list_files() -> None:
    """List the files added so far, and where the index lies."""
    for path in added_files():
        typer.echo(str(path))
    typer.echo(f"index: {index_path()}")
