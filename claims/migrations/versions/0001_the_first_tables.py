"""The first tables."""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_subject"), ["subject"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("appearances", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("suggestions", sa.Integer(), nullable=False),
        sa.Column("check_worthiness", sa.Float(), nullable=False),
        sa.Column("first_appeared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_appeared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "review_state",
            sa.Enum(
                "draft",
                "in-review",
                "changes-requested",
                "published",
                "superseded",
                "retracted",
                name="review_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "published_rating",
            sa.Enum(
                "true",
                "mostly-true",
                "half-true",
                "mostly-false",
                "false",
                "misleading",
                "unproven",
                "outdated",
                "not-checkable",
                "satire",
                name="rating",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merged_into_id"], ["claim.id"], name=op.f("fk_claim_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("ix_claim_language", ["merged_into_id", "review_state", "language"], unique=False)
        batch_op.create_index("ix_claim_latest", ["merged_into_id", "review_state", "last_appeared_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index("ix_claim_public", ["published_at"], unique=False)
        batch_op.create_index("ix_claim_suggestions", ["merged_into_id", "review_state", "suggestions"], unique=False)
        batch_op.create_index(
            "ix_claim_widest", ["merged_into_id", "review_state", "outlets", "appearances"], unique=False
        )
        batch_op.create_index("ix_claim_worth", ["merged_into_id", "review_state", "check_worthiness"], unique=False)

    op.create_table(
        "claimant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimant")),
        sa.UniqueConstraint("folded", name=op.f("uq_claimant_folded")),
    )
    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
        sa.UniqueConstraint("address", name=op.f("uq_outlet_address")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("reviewer", "editor", "admin", name="role", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("session_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("session_key", name=op.f("uq_user_session_key")),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("canonical_url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_article_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("canonical_url", name=op.f("uq_article_canonical_url")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_outlet_id"), ["outlet_id"], unique=False)

    op.create_table(
        "pair_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_key", sa.String(), nullable=False),
        sa.Column("second_key", sa.String(), nullable=False),
        sa.Column("first_wording", sa.String(), nullable=False),
        sa.Column("second_wording", sa.String(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "same",
                "distinct",
                "contradicts",
                "related",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_key < second_key", name=op.f("ck_pair_decision_ordered")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_pair_decision_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_decision")),
        sa.UniqueConstraint("first_key", "second_key", name=op.f("uq_pair_decision_first_key_second_key")),
    )
    with op.batch_alter_table("pair_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pair_decision_second_key"), ["second_key"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in-review",
                "changes-requested",
                "published",
                "superseded",
                "retracted",
                name="review_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "rating",
            sa.Enum(
                "true",
                "mostly-true",
                "half-true",
                "mostly-false",
                "false",
                "misleading",
                "unproven",
                "outdated",
                "not-checkable",
                "satire",
                name="rating",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("scale_version", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("claim_text", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("contributor_ids", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("change_request", sa.String(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("content_sha256", sa.String(), nullable=True),
        sa.Column("retracted_by_id", sa.Integer(), nullable=True),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retraction_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_review_author_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_review_claim_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["user.id"], name=op.f("fk_review_published_by_id")),
        sa.ForeignKeyConstraint(["retracted_by_id"], ["user.id"], name=op.f("fk_review_retracted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_review_claim_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(
            "uq_review_open",
            ["claim_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'in-review', 'changes-requested')"),
            postgresql_where=sa.text("state IN ('draft', 'in-review', 'changes-requested')"),
        )
        batch_op.create_index(
            "uq_review_standing",
            ["claim_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('published', 'retracted')"),
            postgresql_where=sa.text("state IN ('published', 'retracted')"),
        )

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("previous_review_id", sa.Integer(), nullable=False),
        sa.Column(
            "from_rating",
            sa.Enum(
                "true",
                "mostly-true",
                "half-true",
                "mostly-false",
                "false",
                "misleading",
                "unproven",
                "outdated",
                "not-checkable",
                "satire",
                name="from_rating",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_rating",
            sa.Enum(
                "true",
                "mostly-true",
                "half-true",
                "mostly-false",
                "false",
                "misleading",
                "unproven",
                "outdated",
                "not-checkable",
                "satire",
                name="to_rating",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_correction_approved_by_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_correction_claim_id")),
        sa.ForeignKeyConstraint(["previous_review_id"], ["review.id"], name=op.f("fk_correction_previous_review_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_correction_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("review_id", name=op.f("uq_correction_review_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("fetched_url", sa.String(), nullable=False),
        sa.Column("final_url", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("extracted_by", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_snapshot_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("article_id", "text_sha256", name=op.f("uq_snapshot_article_id_text_sha256")),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snapshot_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_snapshot_body_sha256"), ["body_sha256"], unique=False)

    op.create_table(
        "appearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("claimant_id", sa.Integer(), nullable=True),
        sa.Column("exact", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("cue", sa.String(), nullable=True),
        sa.Column(
            "stance",
            sa.Enum(
                "asserts", "denies", "reports", name="stance", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "direct",
                "indirect",
                "mixed",
                name="statement_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("check_worthiness", sa.Float(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name=op.f("ck_appearance_span")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_appearance_article_id")),
        sa.ForeignKeyConstraint(["claimant_id"], ["claimant.id"], name=op.f("fk_appearance_claimant_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_appearance_snapshot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
        sa.UniqueConstraint("snapshot_id", "start", "end", name=op.f("uq_appearance_snapshot_id_start_end")),
    )
    with op.batch_alter_table("appearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appearance_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appearance_claimant_id"), ["claimant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appearance_snapshot_id"), ["snapshot_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column(
            "bearing",
            sa.Enum(
                "supports", "refutes", "context", name="bearing", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_evidence_added_by_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_evidence_claim_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_evidence_snapshot_id")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_evidence_withdrawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "fetch_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "done",
                "failed",
                name="request_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_fetch_request_evidence_id")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["user.id"], name=op.f("fk_fetch_request_requested_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch_request")),
    )
    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fetch_request_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index("ix_fetch_request_state", ["state", "id"], unique=False)

    op.create_table(
        "match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("compared_with_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "suggested",
                "confirmed",
                "rejected",
                "detached",
                name="match_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "relation",
            sa.Enum(
                "same",
                "distinct",
                "contradicts",
                "related",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["appearance_id"], ["appearance.id"], name=op.f("fk_match_appearance_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_match_claim_id")),
        sa.ForeignKeyConstraint(["compared_with_id"], ["appearance.id"], name=op.f("fk_match_compared_with_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_match_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
        sa.UniqueConstraint("appearance_id", "claim_id", name=op.f("uq_match_appearance_id_claim_id")),
    )
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_appearance_id"), ["appearance_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(
            "uq_match_home",
            ["appearance_id"],
            unique=True,
            sqlite_where=sa.text("state = 'confirmed'"),
            postgresql_where=sa.text("state = 'confirmed'"),
        )

    op.create_table(
        "review_evidence",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_review_evidence_evidence_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_evidence_review_id")),
        sa.PrimaryKeyConstraint("review_id", "evidence_id", name=op.f("pk_review_evidence")),
    )


def downgrade() -> None:
    op.drop_table("review_evidence")
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_match_home",
            sqlite_where=sa.text("state = 'confirmed'"),
            postgresql_where=sa.text("state = 'confirmed'"),
        )
        batch_op.drop_index(batch_op.f("ix_match_claim_id"))
        batch_op.drop_index(batch_op.f("ix_match_appearance_id"))

    op.drop_table("match")
    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.drop_index("ix_fetch_request_state")
        batch_op.drop_index(batch_op.f("ix_fetch_request_evidence_id"))

    op.drop_table("fetch_request")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_claim_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("appearance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appearance_snapshot_id"))
        batch_op.drop_index(batch_op.f("ix_appearance_claimant_id"))
        batch_op.drop_index(batch_op.f("ix_appearance_article_id"))

    op.drop_table("appearance")
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshot_body_sha256"))
        batch_op.drop_index(batch_op.f("ix_snapshot_article_id"))

    op.drop_table("snapshot")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_claim_id"))

    op.drop_table("correction")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_review_standing",
            sqlite_where=sa.text("state IN ('published', 'retracted')"),
            postgresql_where=sa.text("state IN ('published', 'retracted')"),
        )
        batch_op.drop_index(
            "uq_review_open",
            sqlite_where=sa.text("state IN ('draft', 'in-review', 'changes-requested')"),
            postgresql_where=sa.text("state IN ('draft', 'in-review', 'changes-requested')"),
        )
        batch_op.drop_index(batch_op.f("ix_review_claim_id"))

    op.drop_table("review")
    with op.batch_alter_table("pair_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pair_decision_second_key"))

    op.drop_table("pair_decision")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_outlet_id"))

    op.drop_table("article")
    op.drop_table("user")
    op.drop_table("outlet")
    op.drop_table("claimant")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index("ix_claim_worth")
        batch_op.drop_index("ix_claim_widest")
        batch_op.drop_index("ix_claim_suggestions")
        batch_op.drop_index("ix_claim_public")
        batch_op.drop_index(batch_op.f("ix_claim_merged_into_id"))
        batch_op.drop_index("ix_claim_latest")
        batch_op.drop_index("ix_claim_language")

    op.drop_table("claim")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_subject"))

    op.drop_table("audit_event")
