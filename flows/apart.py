"""A long computation in an interpreter of its own.

Prefect's threads draw random numbers from the generator that spaCy's training draws from: beside them no seed gives
the same weights twice.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from schemas.errors import WirehouseError

Tell = Callable[[str], None]


def run_apart(function: Callable[..., None], *arguments: Any, tell: Tell) -> None:
    """Call ``function(*arguments, tell)`` in a new interpreter and pass on what it tells.

    ``function`` must be importable, and its module must not import Prefect; arguments travel as pickles.

    Raises:
        WirehouseError: What the function raised, or that its interpreter died.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sender, function, arguments), daemon=True)
    process.start()
    sender.close()
    with receiver:
        _listen(receiver, tell)
    process.join()
    if process.exitcode:
        raise WirehouseError(
            f"The process that ran {function.__name__} ended with exit code {process.exitcode}.",
            "Expected it to finish.",
            "Read its last words above; if there are none, it may have been out of memory.",
        )


def _listen(receiver: Connection, tell: Tell) -> None:
    while True:
        try:
            told = receiver.recv()
        except EOFError:
            return
        if isinstance(told, WirehouseError):
            raise told
        tell(told)


def _serve(sender: Connection, function: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    with sender:
        try:
            function(*arguments, sender.send)
        except WirehouseError as error:
            sender.send(error)
