"""Raw bytes in a table of their own, versions of evidence, anchors, looking again, and alerts."""

import zlib

import sqlalchemy as sa
from alembic import op

from claims.versions.anchoring import Quote, find
from claims.versions.bodies import Bodies, BodyLost


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

AT_ONCE = 20
ALERT_KIND = sa.Enum(
    "evidence-changed",
    "evidence-gone",
    "evidence-unreachable",
    "quote-gone",
    name="alert_kind",
    native_enum=False,
    create_constraint=True,
    length=32,
)
SNAPSHOT = sa.table(
    "snapshot",
    *(sa.column(name) for name in ("id", "article_id", "evidence_id", "body_sha256", "text_sha256")),
    sa.column("body", sa.LargeBinary()),
)
BODY = sa.table("body", sa.column("sha256"), sa.column("size"), sa.column("packed", sa.LargeBinary()))


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_body")),
    )
    move_bodies_out()
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_constraint("uq_snapshot_article_id_text_sha256", type_="unique")
        batch_op.drop_column("body")
        batch_op.add_column(sa.Column("evidence_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("title", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("archived_url", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("archive_problem", sa.String(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_snapshot_evidence_id"), "evidence", ["evidence_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_snapshot_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_snapshot_text_sha256"), ["text_sha256"], unique=False)
    # What a reviewer cited is the first version of that evidence.
    op.execute(
        "UPDATE snapshot SET evidence_id = (SELECT MIN(evidence.id) FROM evidence WHERE evidence.snapshot_id = snapshot.id)"
        " WHERE article_id IS NULL"
    )

    op.create_table(
        "anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            '("start" IS NULL) = ("end" IS NULL) AND ("start" IS NULL OR "end" > "start")', name=op.f("ck_anchor_span")
        ),
        sa.ForeignKeyConstraint(["appearance_id"], ["appearance.id"], name=op.f("fk_anchor_appearance_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_anchor_snapshot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("appearance_id", "snapshot_id", name=op.f("uq_anchor_appearance_id_snapshot_id")),
    )
    with op.batch_alter_table("anchor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_anchor_snapshot_id"), ["snapshot_id"], unique=False)

    anchor_what_is_stored()

    op.create_table(
        "recheck",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(article_id IS NULL) <> (evidence_id IS NULL)", name=op.f("ck_recheck_one_thing")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_recheck_article_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_recheck_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recheck")),
        sa.UniqueConstraint("article_id", name=op.f("uq_recheck_article_id")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_recheck_evidence_id")),
    )
    with op.batch_alter_table("recheck", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recheck_due_at"), ["due_at"], unique=False)
    # Whether an older story is still worth a look is decided when its turn comes.
    op.execute(
        "INSERT INTO recheck (article_id, checked_at, due_at, failures, problem)"
        " SELECT id, created_at, created_at, 0, '' FROM article WHERE canonical_url LIKE 'http%'"
    )
    op.execute(
        "INSERT INTO recheck (evidence_id, checked_at, due_at, failures, problem)"
        " SELECT id, added_at, added_at, 0, '' FROM evidence WHERE snapshot_id IS NOT NULL"
    )

    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("kind", ALERT_KIND, nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("appearance_id", sa.Integer(), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["appearance_id"], ["appearance.id"], name=op.f("fk_alert_appearance_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_alert_claim_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_alert_evidence_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["user.id"], name=op.f("fk_alert_settled_by_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_alert_snapshot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("claim_id", "cause", name=op.f("uq_alert_claim_id_cause")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index("ix_alert_open", ["settled_at", "claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_appearance_id"), ["appearance_id"], unique=False)


def anchor_what_is_stored() -> None:
    """Look for each appearance in the later versions that its article has already."""
    connection = op.get_bind()
    anchor, appearance, snapshot = (
        sa.table(name, *(sa.column(column) for column in columns))
        for name, columns in (
            ("anchor", ("appearance_id", "snapshot_id", "start", "end")),
            ("appearance", ("id", "article_id", "snapshot_id", "exact", "prefix", "suffix", "start")),
            ("snapshot", ("id", "article_id", "text")),
        )
    )
    earlier = snapshot.alias()
    later = sa.select(snapshot.c.id).where(
        sa.exists().where(earlier.c.article_id == snapshot.c.article_id, earlier.c.id < snapshot.c.id)
    )
    for snapshot_id in connection.scalars(later).all():
        text = connection.scalar(sa.select(snapshot.c.text).where(snapshot.c.id == snapshot_id))
        quoted = sa.select(appearance).join(snapshot, snapshot.c.article_id == appearance.c.article_id)
        quoted = quoted.where(snapshot.c.id == snapshot_id, appearance.c.snapshot_id < snapshot_id)
        for row in connection.execute(quoted).all():
            place = find(Quote(row.exact, row.prefix, row.suffix, row.start), text or "")
            start, end = (place.start, place.end) if place else (None, None)
            values = {"appearance_id": row.id, "snapshot_id": snapshot_id, "start": start, "end": end}
            connection.execute(anchor.insert().values(values))


def move_bodies_out() -> None:
    """Copy each snapshot's body into the new table, some at a time; the same bytes once."""
    connection = op.get_bind()
    last_id = 0
    while True:
        wanted = sa.select(SNAPSHOT.c.id, SNAPSHOT.c.body_sha256, SNAPSHOT.c.body).where(SNAPSHOT.c.id > last_id)
        rows = connection.execute(wanted.order_by(SNAPSHOT.c.id).limit(AT_ONCE)).all()
        if not rows:
            return
        last_id = rows[-1].id
        packed = {row.body_sha256: row.body for row in rows}
        known = set(connection.scalars(sa.select(BODY.c.sha256).where(BODY.c.sha256.in_(packed))))
        fresh = [
            {"sha256": sha256, "size": size_of(body), "packed": body}
            for sha256, body in packed.items()
            if sha256 not in known
        ]
        if fresh:
            connection.execute(BODY.insert(), fresh)


def size_of(packed: bytes) -> int:
    """How many bytes were packed; what cannot be unpacked is moved as it is, for the proof to find."""
    try:
        return len(zlib.decompress(packed))
    except zlib.error:
        return 0


def downgrade() -> None:
    op.drop_table("alert")
    op.drop_table("recheck")
    op.drop_table("anchor")
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("body", sa.LargeBinary(), nullable=True))
    move_bodies_back()
    # The older tables hold each text of an article once: a version that came back stays stored, but on its own.
    op.execute(
        "UPDATE snapshot SET article_id = NULL WHERE article_id IS NOT NULL AND EXISTS (SELECT 1 FROM snapshot AS earlier"
        " WHERE earlier.article_id = snapshot.article_id AND earlier.text_sha256 = snapshot.text_sha256"
        " AND earlier.id < snapshot.id)"
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshot_text_sha256"))
        batch_op.drop_index(batch_op.f("ix_snapshot_evidence_id"))
        batch_op.drop_constraint("fk_snapshot_evidence_id", type_="foreignkey")
        for name in ("archive_problem", "archived_url", "title", "evidence_id"):
            batch_op.drop_column(name)
        batch_op.alter_column("body", existing_type=sa.LargeBinary(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_snapshot_article_id_text_sha256"), ["article_id", "text_sha256"]
        )
    op.drop_table("body")


def move_bodies_back() -> None:
    """Give each snapshot its body again, some at a time, from the table or from the folder."""
    connection = op.get_bind()
    config = op.get_context().config
    bodies = Bodies(config.attributes.get("snapshots") if config else None)
    last_id = 0
    while True:
        wanted = sa.select(SNAPSHOT.c.id, SNAPSHOT.c.body_sha256, BODY.c.packed)
        wanted = wanted.join(BODY, BODY.c.sha256 == SNAPSHOT.c.body_sha256, isouter=True)
        rows = connection.execute(wanted.where(SNAPSHOT.c.id > last_id).order_by(SNAPSHOT.c.id).limit(AT_ONCE)).all()
        if not rows:
            return
        last_id = rows[-1].id
        for row in rows:
            body = row.packed if row.packed is not None else packed_in_folder(bodies, row.body_sha256)
            connection.execute(SNAPSHOT.update().where(SNAPSHOT.c.id == row.id).values(body=body))


def packed_in_folder(bodies: Bodies, sha256: str) -> bytes:
    """A body's file; an empty body where there is none, which the proof finds."""
    try:
        return zlib.compress(bodies.read_file(sha256))
    except BodyLost:
        return b""
