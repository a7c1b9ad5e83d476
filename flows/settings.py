"""Settings: what a partnership chooses, read from `csp.toml` and `CSP_…` variables.

The first source that names a setting wins:

1. an environment variable, `CSP_` and the setting's name in capitals (`CSP_HOME_AREAS`);
2. the file that `CSP_SETTINGS` names, else `csp.toml` in the data folder;
3. `csp.toml` in the project root, where the project is a checkout;
4. the default given here.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import tomllib
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, SettingsConfigDict

from flows.data_folder import APPLICATION, IS_CHECKOUT, PROJECT_ROOT
from flows.landing.sources.rules.area_names import did_you_mean, partnership_named
from flows.scheduling.due_times import is_ever_due

SETTINGS_FILE = "csp.toml"
ENVIRONMENT_PREFIX = "CSP_"

# Named by the command line and the tests; they say where to look, not what a figure means.
_NOT_SETTINGS = frozenset({"CSP_DATA", "CSP_SETTINGS", "CSP_SHARED_DATA"})

# Changing one of these changes neither a figure nor a published file, so no night need follow.
_OUTSIDE_PUBLICATION = frozenset(
    {
        "schedule_cron",
        "schedule_timezone",
        "schedule_port",
        "failure_command",
        "failure_webhook",
        "failure_timeout_seconds",
        "stale_after_days",
        "hash_key_file",
        "police_uk_base_url",
        "fetch_attempts",
        "fetch_timeout_seconds",
        "fetch_backoff_seconds",
        "memory_limit_mb",
    }
)

# A webhook's address often carries its key: an error must not repeat it.
_SECRET = frozenset({"failure_webhook"})

_CRON_FIELD = re.compile(r"^[0-9A-Za-z*/,\-#]+$")


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """One wrong setting: where it stands, what it says and what it should say."""

    file: str
    key: str
    value: str
    expected: str

    def __str__(self) -> str:
        given = f" = {self.value}" if self.value else ""
        return f"{self.file}: {self.key}{given}: expected {self.expected}"


class SettingsError(ValueError):
    """Settings that cannot be used. Nothing was read or written; commands end with exit code 2."""

    def __init__(self, *problems: SettingsProblem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def _default_hash_key_file() -> Path:
    """Give the user's own configuration folder (XDG), which no copy of the data folder carries."""
    configured = os.environ.get("XDG_CONFIG_HOME", "")
    home = Path(configured) if configured else Path.home() / ".config"
    return home / APPLICATION / "hash.key"


class Settings(BaseSettings):
    """Typed settings with their defaults; see `csp.toml` for what each one does."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    home_areas: Annotated[list[str], NoDecode] = Field(
        default=["Dudley", "Wolverhampton", "Bradford", "Calderdale", "Kirklees", "Leeds",
                 "Wakefield"],
        min_length=1,
        description="area names or E22/LAD codes",
    )  # fmt: skip
    family_scheme: str = Field(
        default="illustrative", pattern=r"^[a-z0-9_]+$", description="a scheme of the families seed"
    )

    denominator_policy: Literal["own_year", "frozen"] = "own_year"
    frozen_year: int | None = Field(default=None, ge=1981, le=2100)
    change_exposure: Literal["months", "population_months"] = "months"

    provisional_months: int = Field(default=2, ge=0, le=60)
    adult_female_age: int = Field(default=16, ge=15, le=18)

    suppression_threshold: int = Field(default=5, ge=1, le=100)
    retention_months: int | None = Field(default=None, ge=1)
    keep_superseded_records: bool = True
    hash_key_file: Path = Field(default_factory=_default_hash_key_file)

    memory_limit_mb: int = Field(default=448, ge=256, le=1_000_000)

    publications_kept: int = Field(default=5, ge=1, le=1000)
    publish_mode: Literal["symlink", "pointer"] = "symlink"

    schedule_cron: str = "0 2 * * *"
    schedule_timezone: str = "Europe/London"
    schedule_port: int = Field(default=4269, ge=1024, le=65535)

    failure_command: Annotated[list[str] | None, NoDecode] = None
    failure_webhook: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    failure_timeout_seconds: int = Field(default=10, ge=1, le=300)

    stale_after_days: int = Field(default=45, ge=1)

    police_uk_base_url: str = Field(
        default="https://data.police.uk",
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="an address, as in https://data.police.uk",
    )
    fetch_attempts: int = Field(default=5, ge=1, le=100)
    fetch_timeout_seconds: float = Field(default=60.0, gt=0, le=3600)
    fetch_backoff_seconds: float = Field(default=2.0, ge=0, le=600)

    @field_validator("home_areas", "failure_command", mode="before")
    @classmethod
    def _split_words(cls, value: object, info: ValidationInfo) -> object:
        """Variables hold text: areas separated by commas, a command as a shell would split it."""
        if not isinstance(value, str):
            return value
        if info.field_name == "failure_command":
            return shlex.split(value)
        return [word.strip() for word in value.split(",") if word.strip()]

    @field_validator("home_areas")
    @classmethod
    def _each_area_once(cls, value: list[str]) -> list[str]:
        if any(not area.strip() for area in value) or len(set(value)) != len(value):
            raise ValueError("names or codes of areas, none empty and none twice")
        for area in value:
            if partnership_named(area) is None:
                hint = did_you_mean(area)
                raise ValueError(
                    "names or codes of Community Safety Partnerships; "
                    f"'{area}' is none{', ' if hint else ''}{hint}"
                )
        return value

    @field_validator(
        "frozen_year",
        "provisional_months",
        "adult_female_age",
        "suppression_threshold",
        "retention_months",
        "memory_limit_mb",
        "publications_kept",
        "schedule_port",
        "failure_timeout_seconds",
        "stale_after_days",
        "fetch_attempts",
        "fetch_timeout_seconds",
        "fetch_backoff_seconds",
        mode="before",
    )
    @classmethod
    def _true_is_no_number(cls, value: object) -> object:
        """`suppression_threshold = true` would count as 1 and withhold nothing at all."""
        if isinstance(value, bool):
            raise ValueError("a whole number")
        return value

    @field_validator("schedule_cron")
    @classmethod
    def _five_cron_fields(cls, value: str) -> str:
        fields = value.split()
        if len(fields) != 5 or not all(_CRON_FIELD.match(field) for field in fields):
            raise ValueError('five cron fields (minute hour day month weekday), as in "0 2 * * *"')
        if not is_ever_due(value):
            raise ValueError(
                "five cron fields (minute hour day month weekday) that name a time there is, "
                'as in "0 2 * * *"'
            )
        return value

    @field_validator("schedule_timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            zoneinfo.ZoneInfo(value)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("a name of the time zone database, as in Europe/London") from None
        return value

    @model_validator(mode="after")
    def _frozen_names_its_year(self) -> Settings:
        if self.denominator_policy == "frozen" and self.frozen_year is None:
            raise ValueError('frozen_year beside denominator_policy = "frozen", as in 2016')
        return self

    def shaping_publication(self) -> dict[str, Any]:
        """Return the settings that a publication depends on, ready for JSON."""
        return self.model_dump(mode="json", exclude=set(_OUTSIDE_PUBLICATION))


def load_settings(data: Path | None = None) -> Settings:
    """Read the settings for the data folder `data` (none: the project's own settings only).

    Raises `SettingsError` naming file, key, value and what was expected.
    """
    values: dict[str, object] = {}
    origins: dict[str, tuple[str, str]] = {}
    for file in _settings_files(data):
        for dotted, value in _flattened(_read_toml(file)):
            name = dotted.replace(".", "_")
            values[name] = value
            origins[name] = (str(file), dotted)
    _refuse_misspelt_variables(os.environ)
    for name, value in EnvSettingsSource(Settings)().items():
        values[name] = value
        origins[name] = ("environment", f"{ENVIRONMENT_PREFIX}{name.upper()}")
    try:
        return Settings(**values)  # type: ignore[arg-type]  # pydantic checks the types
    except ValidationError as error:
        raise SettingsError(*_problems(error, values, origins)) from None


def _settings_files(data: Path | None) -> list[Path]:
    """List the files to read, weakest first. A file that CSP_SETTINGS names has to exist."""
    files = [PROJECT_ROOT / SETTINGS_FILE] if IS_CHECKOUT else []
    named = os.environ.get("CSP_SETTINGS", "")
    if named:
        chosen = Path(named).expanduser()
        if not chosen.is_file():
            raise SettingsError(
                SettingsProblem("environment", "CSP_SETTINGS", named, "a settings file that exists")
            )
        files.append(chosen)
    elif data is not None:
        files.append(data / SETTINGS_FILE)
    return [file for file in files if file.is_file()]


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = SettingsProblem(str(file), "the file", "", f"TOML in UTF-8 ({error})")
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        problem = SettingsProblem(str(file), "the file", "", f"to be readable ({reason})")
    raise SettingsError(problem)


def _flattened(table: Mapping[str, Any], before: str = "") -> list[tuple[str, object]]:
    """`[schedule] cron = …` and `schedule_cron = …` are the same setting."""
    found: list[tuple[str, object]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found.extend(_flattened(value, f"{before}{key}."))
        else:
            found.append((f"{before}{key}", value))
    return found


def _refuse_misspelt_variables(environment: Mapping[str, str]) -> None:
    """Refuse what is close to a setting's name; other variables may be somebody else's."""
    known = {f"{ENVIRONMENT_PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(environment):
        if not name.startswith(ENVIRONMENT_PREFIX) or name in known | _NOT_SETTINGS:
            continue
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.85)
        if close:
            raise SettingsError(
                SettingsProblem(
                    "environment", name, "", f"a known setting; did you mean {close[0]}?"
                )
            )


def _problems(
    error: ValidationError, values: Mapping[str, object], origins: Mapping[str, tuple[str, str]]
) -> list[SettingsProblem]:
    problems = []
    for detail in error.errors():
        name = str(detail["loc"][0]) if detail["loc"] else "denominator_policy"
        file, key = origins.get(name, (SETTINGS_FILE, name))
        if detail["type"] == "extra_forbidden":
            close = difflib.get_close_matches(name, Settings.model_fields, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            expected = f"a known setting{hint}"
        else:
            message = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
            expected = message[:1].lower() + message[1:]
        value = "(not shown)" if name in _SECRET else repr(values.get(name, ""))
        problems.append(SettingsProblem(file, key, value, expected))
    return problems
