"""Reference data: the tables of ``seeds/reference`` and the look-ups that several stations share."""

from __future__ import annotations

from transforms.reference.tables import extractor_version, read_reference

__all__ = ["extractor_version", "read_reference"]
