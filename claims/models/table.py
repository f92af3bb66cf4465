"""What every table is made of: its name, the names of its constraints, and columns of times and closed sets."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, TypeDecorator
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, MetaData, SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# For tables whose rows may be deleted: SQLite gives the highest id again unless it is told not to.
NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class Table(SQLModel):
    """What all tables share: a name in snake_case and constraints with predictable names."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy hands over the class
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC on every engine and read back aware; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC, as both engines compare it."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The stored time with its zone: SQLite drops it on the way."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


def choice(values: type[StrEnum], *, check: str = "", **options: Any) -> Any:
    """A column that holds one value of a closed set, as its text, checked by the database.

    check names the constraint where a table has two columns of one set.
    """
    kept = SqlEnum(
        values,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=check or re.sub(r"(?<!^)(?=[A-Z])", "_", values.__name__).lower(),
        values_callable=lambda enum: [member.value for member in enum],
    )
    return Field(sa_type=kept, **options)


def moment(**options: Any) -> Any:
    """A column that holds an aware time."""
    return Field(sa_type=UtcDateTime, **options)
