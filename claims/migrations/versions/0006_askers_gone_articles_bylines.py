"""Who asked for a fetch on the command line, alerts about articles that are gone, and each version's byline.

Going down drops the bylines that the log seals; coming up again takes them, and the headlines, from the log.
"""

import json

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ALERT_KINDS = ("evidence-changed", "evidence-gone", "evidence-unreachable", "quote-gone")
ARTICLE_GONE = "article-gone"
CHECK = "ck_alert_alert_kind"


def upgrade() -> None:
    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_by_command", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.alter_column("is_by_command", existing_type=sa.Boolean(), server_default=None)

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(CHECK), type_="check")
        batch_op.create_check_constraint(batch_op.f(CHECK), one_of(*ALERT_KINDS, ARTICLE_GONE))
        batch_op.add_column(sa.Column("article_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_alert_article_id"), "article", ["article_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_alert_article_id"), ["article_id"], unique=False)

    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("authors", sa.JSON(), nullable=True))
    bring_back_headings()
    give_first_bylines()


def bring_back_headings() -> None:
    """Give each version the headline and the byline that the log tells of it, where it tells any."""
    events = sa.table("audit_event", sa.column("action"), sa.column("subject"), sa.column("details"))
    snapshots = sa.table("snapshot", sa.column("id"), sa.column("title"), sa.column("authors", sa.JSON()))
    tells = sa.and_(events.c.action == "snapshot:add", events.c.details.like('%"authors"%'))
    for subject, details in op.get_bind().execute(sa.select(events.c.subject, events.c.details).where(tells)).all():
        logged = json.loads(details)
        if "title" in logged and "authors" in logged:
            mine = snapshots.c.id == int(subject.removeprefix("snapshot:"))
            op.execute(snapshots.update().where(mine).values(title=logged["title"], authors=logged["authors"]))


def give_first_bylines() -> None:
    """Give the first version of each article the byline that was read with it, which only the article kept.

    An article of which the log tells a byline has the one of its newest version by now.
    """
    told_nowhere = "SELECT min(id) FROM snapshot GROUP BY article_id HAVING count(authors) = 0"
    byline = "SELECT article.authors FROM article WHERE article.id = snapshot.article_id"
    op.execute(f"UPDATE snapshot SET authors = ({byline}) WHERE article_id IS NOT NULL AND id IN ({told_nowhere})")


def one_of(*kinds: str) -> str:
    """The condition that an alert is of one of these kinds."""
    return f"kind IN ({', '.join(repr(kind) for kind in kinds)})"


def downgrade() -> None:
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_column("authors")

    op.execute(f"DELETE FROM alert WHERE kind = '{ARTICLE_GONE}'")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_article_id"))
        batch_op.drop_constraint(batch_op.f("fk_alert_article_id"), type_="foreignkey")
        batch_op.drop_column("article_id")
        batch_op.drop_constraint(batch_op.f(CHECK), type_="check")
        batch_op.create_check_constraint(batch_op.f(CHECK), one_of(*ALERT_KINDS))

    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.drop_column("is_by_command")
