"""The queue of requests to fetch, the listings that are read on schedule, and what makes asking again cheap."""

from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KIND = sa.Enum(
    "submitted",
    "article",
    "listing",
    "evidence",
    name="request_kind",
    native_enum=False,
    create_constraint=True,
    length=32,
)
OPEN = sa.text("state IN ('queued', 'running')")
TRIED_AGAIN = sa.text("state = 'failed' AND due_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("every_s", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_listing_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint("url", name=op.f("uq_listing_url")),
    )
    with op.batch_alter_table("listing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listing_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_listing_outlet_id"), ["outlet_id"], unique=False)

    op.create_table(
        "validator",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("last_modified", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", "url", name=op.f("pk_validator")),
    )
    with op.batch_alter_table("validator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_validator_url"), ["url"], unique=False)

    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", KIND, server_default="submitted", nullable=False))
        batch_op.add_column(sa.Column("host", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("task", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("article_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("listing_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("lease", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("requested_by_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(batch_op.f("fk_fetch_request_article_id"), "article", ["article_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_fetch_request_listing_id"), "listing", ["listing_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_fetch_request_parent_id"), "fetch_request", ["parent_id"], ["id"])
        batch_op.drop_index("ix_fetch_request_state")

    fill_in()
    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        for name, kind in (("kind", sa.String(length=32)), ("host", sa.String()), ("task", sa.String())):
            batch_op.alter_column(name, existing_type=kind, server_default=None)
        batch_op.alter_column("tries", existing_type=sa.Integer(), server_default=None)
        batch_op.create_index("ix_fetch_request_state", ["state", "due_at", "id"], unique=False)
        batch_op.create_index("ix_fetch_request_host", ["host", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_fetch_request_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fetch_request_listing_id"), ["listing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fetch_request_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            "uq_fetch_request_open", ["task"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )
        batch_op.create_index(
            "ix_fetch_request_tried_again", ["task"], sqlite_where=TRIED_AGAIN, postgresql_where=TRIED_AGAIN
        )


def fill_in() -> None:
    """What the new columns say of the requests that are stored; each is a task of its own."""
    request = sa.table(
        "fetch_request",
        *(sa.column(name) for name in ("id", "url", "evidence_id", "kind", "host", "task", "state", "due_at")),
        sa.column("requested_at", sa.DateTime(timezone=True)),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(request.c.id, request.c.url, request.c.evidence_id)).all():
        kind = "submitted" if row.evidence_id is None else "evidence"
        values = {"kind": kind, "host": host_of(row.url), "task": f"{kind}:{row.id}"}
        connection.execute(request.update().where(request.c.id == row.id).values(values))
    waiting = request.c.state.in_(("queued", "running"))
    connection.execute(request.update().where(waiting).values(due_at=request.c.requested_at))


def host_of(url: str) -> str:
    """The address's host in lower case; nothing where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def downgrade() -> None:
    connection = op.get_bind()
    request = sa.table("fetch_request", sa.column("requested_by_id"))
    connection.execute(request.delete().where(request.c.requested_by_id.is_(None)))
    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.drop_index("ix_fetch_request_tried_again", sqlite_where=TRIED_AGAIN, postgresql_where=TRIED_AGAIN)
        batch_op.drop_index("uq_fetch_request_open", sqlite_where=OPEN, postgresql_where=OPEN)
        for name in ("parent_id", "listing_id", "article_id"):
            batch_op.drop_index(batch_op.f(f"ix_fetch_request_{name}"))
        batch_op.drop_index("ix_fetch_request_host")
        batch_op.drop_index("ix_fetch_request_state")
        for name in ("parent_id", "listing_id", "article_id"):
            batch_op.drop_constraint(batch_op.f(f"fk_fetch_request_{name}"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_fetch_request_request_kind"), type_="check")
        batch_op.alter_column("requested_by_id", existing_type=sa.Integer(), nullable=False)
        names = ("kind", "host", "task", "article_id", "listing_id", "parent_id", "due_at", "tries", "lease")
        for name in (*names, "started_at"):
            batch_op.drop_column(name)
        batch_op.create_index("ix_fetch_request_state", ["state", "id"], unique=False)

    with op.batch_alter_table("validator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_validator_url"))

    op.drop_table("validator")
    with op.batch_alter_table("listing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_listing_outlet_id"))
        batch_op.drop_index(batch_op.f("ix_listing_due_at"))

    op.drop_table("listing")
