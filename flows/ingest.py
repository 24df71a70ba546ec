"""The road, as anyone can read it and as Prefect runs it."""

from __future__ import annotations

from collections.abc import Sequence

from prefect import flow
from prefect.client.schemas.objects import State

from flows import tasks
from flows.account import Account
from flows.opening import open_run
from flows.road import Road
from flows.settings import Settings, read_settings
from warehouse.segments import ArchivedRecord


def carry_news(
    sources: Sequence[str], settings: Settings, road: Road, replayed: Sequence[ArchivedRecord] = ()
) -> Account:
    """Carry the articles in ``sources`` to the warehouse and give the account of the run."""
    with open_run(sources, settings, replayed) as run:
        for batch in road.read(run):
            extracted = road.extract(run, batch)
            checked = road.check(run, batch, extracted)
            road.load(run, batch, checked)
        return road.publish(run)


@flow(name="ingest-news", description="Raw news in, a published warehouse out.", validate_parameters=True)
def ingest_news(
    sources: list[str] | None = None,
    warehouse: str | None = None,  # Prefect resolves only builtin types when it loads the flow by name
    batch_size: int | None = None,
    workers: int | None = None,
    refused_limit: float | None = None,
) -> State[Account]:
    """Run the road under Prefect; what is not given comes from the settings."""
    settings = read_settings(warehouse=warehouse, batch_size=batch_size, workers=workers, refused_limit=refused_limit)
    tasks.limit_writers()
    with tasks.watched():
        account = carry_news(sources or [str(settings.seeds)], settings, tasks)
    return tasks.conclude(account)
