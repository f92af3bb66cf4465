"""Who may sign in to the desk, and what each role may do."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlmodel import Session, col, select

from claims import audit
from claims.audit import Action
from claims.errors import InvalidDraft, NotAllowed
from claims.models import Role, User
from claims.rows import checked_line, load, storable

MIN_PASSWORD_CHARS = 12
MAX_PASSWORD_CHARS = 200
ORDER = tuple(Role)
NAMES = {Role.REVIEWER: "a reviewer", Role.EDITOR: "an editor", Role.ADMIN: "an admin"}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class UserRow:
    """Somebody who may sign in."""

    user_id: int
    email: str
    name: str
    role: Role
    is_active: bool
    created_at: datetime


def may_act_as(role: Role, needed: Role) -> bool:
    """Whether a role may do what the needed one may."""
    return ORDER.index(role) >= ORDER.index(needed)


def require(user: User, needed: Role, what: str) -> None:
    """Raise NotAllowed unless the user's role reaches the needed one; what names the step in its message."""
    if not user.is_active or not may_act_as(user.role, needed):
        raise NotAllowed(f"Only {NAMES[needed]} may {what}. Ask one to do it.")


def add_user(session: Session, *, email: str, name: str, role: Role, password: str, actor: str, now: datetime) -> User:
    """Store somebody who may sign in; InvalidDraft for a bad address, a short password or a known address."""
    address = checked_email(email)
    if session.exec(select(User).where(User.email == address)).first():
        raise InvalidDraft(f"E-mail address: a user has {address} already.")
    user = User(
        email=address,
        name=checked_line(name, "Name"),
        password_hash=hash_password(password),
        role=role,
        session_key=secrets.token_urlsafe(32),
        created_at=now,
    )
    session.add(user)
    session.flush()
    audit.record(session, Action.USER_ADD, f"user:{user.id}", actor=actor, now=now, email=address, role=role.value)
    return user


def authenticate(session: Session, email: str, password: str) -> User:
    """The active user with this address and password; NotAllowed otherwise, after the same time for any reason."""
    user = user_at(session, email)
    try:
        HASHER.verify(user.password_hash if user else hash_of_nobody(), password[:MAX_PASSWORD_CHARS])
    except (VerifyMismatchError, InvalidHashError) as error:
        raise NotAllowed("The e-mail address or the password is wrong.") from error
    if user is None or not user.is_active:
        raise NotAllowed("The e-mail address or the password is wrong.")
    return user


def user_at(session: Session, email: str) -> User | None:
    """The user with this address in any case; nobody has one that cannot be stored."""
    address = email.strip().casefold()
    if storable(address) != address:
        return None
    return session.exec(select(User).where(User.email == address)).first()


def user_of_session(session: Session, session_key: str) -> User | None:
    """The active user whose sessions carry this key."""
    return session.exec(select(User).where(User.session_key == session_key, col(User.is_active))).first()


def signed_in(session: Session, user: User, *, now: datetime) -> None:
    """Log that the user signed in."""
    audit.record(session, Action.USER_SIGN_IN, f"user:{user.id}", actor=user.email, now=now)


def signed_out(session: Session, user: User, *, now: datetime) -> None:
    """Log that the user signed out."""
    audit.record(session, Action.USER_SIGN_OUT, f"user:{user.id}", actor=user.email, now=now)


def change_password(session: Session, user_id: int, password: str, *, by: User, now: datetime) -> None:
    """Set a user's password and end all their sessions: one's own, or anybody's as an admin."""
    if by.id != user_id:
        require(by, Role.ADMIN, "set somebody else's password")
    user = load(session, User, user_id)
    user.password_hash = hash_password(password)
    user.session_key = secrets.token_urlsafe(32)
    log_change(session, user, "password", by=by, now=now)


def set_role(session: Session, user_id: int, role: Role, *, by: User, now: datetime) -> None:
    """Give a user another role; admins alone may, and never to themselves, so that one always remains."""
    user = load_other(session, user_id, by)
    user.role = role
    log_change(session, user, f"role {role.value}", by=by, now=now)


def deactivate(session: Session, user_id: int, *, by: User, now: datetime) -> None:
    """End a user's sessions and let them sign in no more; what they did keeps their name."""
    user = load_other(session, user_id, by)
    user.is_active = False
    user.session_key = secrets.token_urlsafe(32)
    log_change(session, user, "deactivated", by=by, now=now)


def users(session: Session) -> tuple[UserRow, ...]:
    """Everybody who may or might sign in, by address."""
    rows = session.exec(select(User).order_by(User.email))
    return tuple(UserRow(u.id or 0, u.email, u.name, u.role, u.is_active, u.created_at) for u in rows)


def load_other(session: Session, user_id: int, by: User) -> User:
    """The user, for an admin who is somebody else."""
    require(by, Role.ADMIN, "change users")
    if by.id == user_id:
        raise NotAllowed("Another admin has to change your own role.")
    return load(session, User, user_id)


def log_change(session: Session, user: User, what: str, *, by: User, now: datetime) -> None:
    """Store the user with the event that says what changed."""
    session.add(user)
    audit.record(session, Action.USER_CHANGE, f"user:{user.id}", actor=by.email, now=now, what=what)


def checked_email(email: str) -> str:
    """The address as it is stored; InvalidDraft where it is none."""
    address = email.strip().casefold()
    if not EMAIL.fullmatch(address) or not address.isprintable():
        raise InvalidDraft("E-mail address: write one such as name@example.org.")
    return checked_line(address, "E-mail address")


def hash_password(password: str) -> str:
    """The password's argon2id hash; InvalidDraft where it is too short or long."""
    if not MIN_PASSWORD_CHARS <= len(password) <= MAX_PASSWORD_CHARS:
        raise InvalidDraft(f"Password: use {MIN_PASSWORD_CHARS} to {MAX_PASSWORD_CHARS} characters.")
    return HASHER.hash(password)


@cache
def hash_of_nobody() -> str:
    """A hash that no password fits, so that an unknown address takes as long as a known one."""
    return HASHER.hash(secrets.token_urlsafe(32))
