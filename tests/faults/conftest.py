"""The loaded warehouses of ``tests/warehouse``, here to be damaged."""

from __future__ import annotations

from tests.warehouse.conftest import loaded, loaded_once

__all__ = ["loaded", "loaded_once"]
