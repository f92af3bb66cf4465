"""What waits for a worker is counted by what keeps it waiting, on both databases."""

from datetime import timedelta

from claims import db, fetching
from claims.clock import utc_now
from claims.db import Engine
from claims.fetching import Wish, leases
from claims.models import RequestKind
from claims.queries.waiting import Waiting, waiting


def test_what_waits_is_counted_by_what_keeps_it_waiting(engine: Engine) -> None:
    now = utc_now()
    with db.transaction(engine) as session:
        for number, due_in in enumerate((0, 0, 0, 0, 5, 3)):
            # Those that are due share a host; of these one is leased and fails, to be tried again later.
            wish = Wish(RequestKind.ARTICLE, f"https://harbour.example/{number}")
            fetching.enqueue(session, wish, None, now, due_at=now + timedelta(hours=due_in))
        [failing] = leases.take(session, 1, now=now)
        leases.fail(session, failing, "no answer", now=now, may_pass=True, retry_after_s=3_600)
        leases.take(session, 1, now=now, lease=timedelta(minutes=1))

        found = waiting(session, now=now)

    assert found == Waiting(2, 3, 1, now + timedelta(hours=1), now + timedelta(minutes=1))


def test_where_nothing_waits_no_moment_is_named(engine: Engine) -> None:
    with db.reading(engine) as session:
        assert waiting(session, now=utc_now()) == Waiting(0, 0, 0, None, None)
