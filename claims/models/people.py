"""Who may sign in, and the log of every change, whoever made it."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from claims.models.table import Table, choice, moment


class Role(StrEnum):
    """What a user may do; each role may do all that the one before it may."""

    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


class User(Table, table=True):
    """Somebody who may sign in to the desk; session_key changes when all sessions must end."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str
    role: Role = choice(Role)
    is_active: bool = True
    session_key: str = Field(unique=True)
    created_at: datetime = moment()


class AuditEvent(Table, table=True):
    """One change of state, chained to the one before it by its hash; see claims.audit."""

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = moment()
    actor: str
    action: str
    subject: str = Field(index=True)
    details: str
    previous_hash: str
    hash: str = Field(unique=True)
