"""Who may sign in, and what each role may do."""

from itertools import combinations_with_replacement

import pytest
from sqlmodel import col, select

from claims import accounts
from claims.errors import InvalidDraft, NotAllowed, NotFound
from claims.models import AuditEvent, Role, User
from tests.claims.builders import NOW, Newsroom

PASSWORD = "correct horse battery"


def join(newsroom: Newsroom, email: str = "Kim@Desk.Example", password: str = PASSWORD) -> User:
    """A user who was added with a password."""
    with newsroom.writing() as session:
        return accounts.add_user(
            session, email=email, name=" Kim  Doe ", role=Role.REVIEWER, password=password, actor="setup", now=NOW
        )


def sign_in(newsroom: Newsroom, email: str, password: str) -> User:
    """The user whom these let in."""
    with newsroom.reading() as session:
        return accounts.authenticate(session, email, password)


def last_event(newsroom: Newsroom) -> AuditEvent:
    """What was logged last."""
    with newsroom.reading() as session:
        return list(session.exec(select(AuditEvent).order_by(col(AuditEvent.id))))[-1]


def test_a_user_signs_in_with_the_address_in_any_case(sqlite_newsroom: Newsroom) -> None:
    added = join(sqlite_newsroom)

    assert (added.email, added.name) == ("kim@desk.example", "Kim Doe")
    assert sign_in(sqlite_newsroom, " KIM@desk.example ", PASSWORD).id == added.id


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("kim@desk.example", "correct horse batterz"),
        ("kim@desk.example", ""),
        ("kim@desk.example", "x" * 100_000),
        ("nobody@desk.example", PASSWORD),
    ],
)
def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(
    sqlite_newsroom: Newsroom, email: str, password: str
) -> None:
    join(sqlite_newsroom)

    with pytest.raises(NotAllowed, match=r"^The e-mail address or the password is wrong.$"):
        sign_in(sqlite_newsroom, email, password)


@pytest.mark.parametrize("email", ["ada@desk.example\x00", "\ud800", "' OR 1=1 --"])
def test_an_address_that_nobody_can_have_is_wrong_and_no_more(newsroom: Newsroom, email: str) -> None:
    with pytest.raises(NotAllowed, match=r"^The e-mail address or the password is wrong.$"):
        sign_in(newsroom, email, PASSWORD)


def test_a_password_is_kept_as_argon2id_alone(sqlite_newsroom: Newsroom) -> None:
    added = join(sqlite_newsroom)

    assert added.password_hash.startswith("$argon2id$")
    assert PASSWORD not in added.password_hash
    assert PASSWORD not in last_event(sqlite_newsroom).details


@pytest.mark.parametrize("password", ["", "elevenchars", "x" * 201])
def test_a_password_that_is_too_short_or_long_is_refused(sqlite_newsroom: Newsroom, password: str) -> None:
    with pytest.raises(InvalidDraft, match="12 to 200 characters"):
        join(sqlite_newsroom, password=password)


@pytest.mark.parametrize("email", ["", "kim", "kim@desk", "kim @desk.example", "kim@desk.example\x00", "a@b@c.example"])
def test_an_address_that_is_none_is_refused(sqlite_newsroom: Newsroom, email: str) -> None:
    with pytest.raises(InvalidDraft, match="E-mail address: write one such as"):
        join(sqlite_newsroom, email=email)


def test_an_address_is_given_to_one_user(sqlite_newsroom: Newsroom) -> None:
    join(sqlite_newsroom)

    with pytest.raises(InvalidDraft, match=r"a user has kim@desk[.]example already"):
        join(sqlite_newsroom, "KIM@DESK.EXAMPLE")


def test_a_new_password_ends_all_sessions(sqlite_newsroom: Newsroom) -> None:
    newsroom, added = sqlite_newsroom, join(sqlite_newsroom)

    with newsroom.writing() as session:
        accounts.change_password(session, added.id or 0, "another long password", by=added, now=NOW)

    with newsroom.reading() as session:
        assert accounts.user_of_session(session, added.session_key) is None
    assert sign_in(newsroom, added.email, "another long password").id == added.id
    with pytest.raises(NotAllowed):
        sign_in(newsroom, added.email, PASSWORD)


def test_only_an_admin_sets_somebody_elses_password(sqlite_newsroom: Newsroom) -> None:
    for person in (sqlite_newsroom.bo, sqlite_newsroom.eve):
        with pytest.raises(NotAllowed, match="Only an admin"), sqlite_newsroom.writing() as session:
            accounts.change_password(session, sqlite_newsroom.ada.id or 0, PASSWORD, by=person, now=NOW)


def test_a_deactivated_user_is_out_at_once(sqlite_newsroom: Newsroom) -> None:
    newsroom, added = sqlite_newsroom, join(sqlite_newsroom)

    with newsroom.writing() as session:
        accounts.deactivate(session, added.id or 0, by=newsroom.root, now=NOW)

    with newsroom.reading() as session:
        assert accounts.user_of_session(session, added.session_key) is None
    with pytest.raises(NotAllowed, match="is wrong"):
        sign_in(newsroom, added.email, PASSWORD)
    assert (last_event(newsroom).action, last_event(newsroom).actor) == ("user:change", "root@desk.example")


def test_a_role_is_given_by_an_admin_to_somebody_else(sqlite_newsroom: Newsroom) -> None:
    ada, root = sqlite_newsroom.ada, sqlite_newsroom.root

    with sqlite_newsroom.writing() as session:
        accounts.set_role(session, ada.id or 0, Role.EDITOR, by=root, now=NOW)

    with sqlite_newsroom.reading() as session:
        assert session.get_one(User, ada.id).role is Role.EDITOR
    with pytest.raises(NotAllowed, match="Another admin"), sqlite_newsroom.writing() as session:
        accounts.set_role(session, root.id or 0, Role.REVIEWER, by=root, now=NOW)
    with pytest.raises(NotAllowed, match="Only an admin"), sqlite_newsroom.writing() as session:
        accounts.set_role(session, ada.id or 0, Role.ADMIN, by=sqlite_newsroom.eve, now=NOW)


@pytest.mark.parametrize(("lower", "higher"), list(combinations_with_replacement(Role, 2)))
def test_each_role_may_do_what_the_one_before_it_may(lower: Role, higher: Role) -> None:
    assert accounts.may_act_as(higher, lower)
    assert accounts.may_act_as(lower, higher) == (lower is higher)


def test_somebody_who_was_deactivated_may_do_nothing(sqlite_newsroom: Newsroom) -> None:
    ada = sqlite_newsroom.ada
    ada.is_active = False

    with pytest.raises(NotAllowed, match=r"^Only a reviewer may draft a verdict"):
        accounts.require(ada, Role.REVIEWER, "draft a verdict")


def test_a_user_who_is_not_there_is_not_found(sqlite_newsroom: Newsroom) -> None:
    with pytest.raises(NotFound, match="There is no user 99"), sqlite_newsroom.writing() as session:
        accounts.deactivate(session, 99, by=sqlite_newsroom.root, now=NOW)


def test_users_are_listed_by_address_with_those_who_left(sqlite_newsroom: Newsroom) -> None:
    with sqlite_newsroom.writing() as session:
        accounts.deactivate(session, sqlite_newsroom.bo.id or 0, by=sqlite_newsroom.root, now=NOW)

    with sqlite_newsroom.reading() as session:
        listed = [(row.name, row.role, row.is_active) for row in accounts.users(session)]
    assert listed == [
        ("Ada", Role.REVIEWER, True),
        ("Bo", Role.REVIEWER, False),
        ("Eve", Role.EDITOR, True),
        ("Root", Role.ADMIN, True),
    ]


def test_signing_in_and_out_is_logged(sqlite_newsroom: Newsroom) -> None:
    with sqlite_newsroom.writing() as session:
        accounts.signed_in(session, sqlite_newsroom.ada, now=NOW)
        accounts.signed_out(session, sqlite_newsroom.ada, now=NOW)

    with sqlite_newsroom.reading() as session:
        actions = [event.action for event in session.exec(select(AuditEvent))]
    assert actions == ["user:sign-in", "user:sign-out"]
