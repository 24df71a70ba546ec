"""Settings: what a run may be told, from the environment (``WIREHOUSE_*``) or ``[tool.wirehouse]``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic import DirectoryPath, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    PyprojectTomlConfigSettingsSource,
    SettingsConfigDict,
)

from schemas.errors import MisuseError
from schemas.limits import Limits

PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Everything adjustable, with its default, its bounds and what it means.

    The command line wins over the environment, the environment over ``[tool.wirehouse]`` of the ``pyproject.toml`` in
    the current folder, that over the defaults here.  Secrets are never shown, logged or stored.
    """

    model_config = SettingsConfigDict(
        env_prefix="WIREHOUSE_",
        env_nested_delimiter="__",
        pyproject_toml_table_header=("tool", "wirehouse"),
        frozen=True,
        extra="forbid",
    )

    warehouse: Path = Field(PROJECT / "warehouse", description="Folder of the database, its raw archive and its lock.")
    seeds: DirectoryPath = Field(
        PROJECT / "seeds" / "news", description="What `wirehouse run` reads when told nothing."
    )
    batch_size: int = Field(200, ge=1, le=10_000, description="Inputs a batch: the grain of tasks and transactions.")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, le=64, description="Processes that extract."
    )
    refused_limit: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Share of the inputs that may be refused before the run fails and nothing is loaded.",
    )
    limits: Limits = Field(
        Limits(), description="Bounds on hostile or broken input: WIREHOUSE_LIMITS__SECONDS=5 and so on."
    )
    publish: bool = Field(True, description="Whether a run ends by publishing the read copy.")
    api_auth: SecretStr | None = Field(
        None, description="user:password that Prefect's server asks for and is asked with."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Name the sources, the first one wins."""
        return init_settings, env_settings, PyprojectTomlConfigSettingsSource(settings_cls)


def read_settings(**given: Any) -> Settings:
    """Read the settings; ``given`` values that are not None come first.

    >>> read_settings(batch_size=5, workers=None).batch_size
    5

    Raises:
        MisuseError: When a value is none the setting can have; it names the setting, not a secret's value.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False)
        told = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
        raise MisuseError(
            f"The settings cannot be used: {told}.",
            "Each is an option, a variable WIREHOUSE_<NAME>, or a line of [tool.wirehouse] in pyproject.toml.",
            "See `wirehouse run --help` for names and bounds.",
        ) from None


def prepare_prefect(settings: Settings, *, quiet: bool = False) -> None:
    """Set Prefect's defaults, before it is imported: nothing phones home, its state lies in the project.

    Variables that are already set win.

    Args:
        settings: Among them the password of its server.
        quiet: Keep Prefect's log off the terminal, where a bar moves and errors are told in our words; its page has it.
    """
    defaults = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str(PROJECT / ".prefect"),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_UI_API_URL": "/api",  # relative: the page then works on any port
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    }
    if quiet:
        defaults["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "CRITICAL"
    if settings.api_auth:
        secret = settings.api_auth.get_secret_value()
        defaults |= {"PREFECT_SERVER_API_AUTH_STRING": secret, "PREFECT_API_AUTH_STRING": secret}
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
