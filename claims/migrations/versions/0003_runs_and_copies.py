"""The matcher's runs, and what people decide about copies of one wording; earlier matches belong to no run."""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KIND = sa.Enum(
    "intake",
    "rerun",
    name="match_run_kind",
    native_enum=False,
    create_constraint=True,
    length=32,
)

RELATION = sa.Enum(
    "same",
    "distinct",
    "contradicts",
    "related",
    name="relation",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade() -> None:
    op.create_table(
        "match_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("matcher_version", sa.String(), nullable=False),
        sa.Column("thresholds", sa.JSON(), nullable=False),
        sa.Column("last_appearance_id", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("constraints", sa.LargeBinary(), nullable=False),
        sa.Column("result", sa.LargeBinary(), nullable=False),
        sa.Column("result_sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "copy_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("relation", RELATION, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_copy_decision_ordered")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_copy_decision_decided_by_id")),
        sa.ForeignKeyConstraint(["first_id"], ["appearance.id"], name=op.f("fk_copy_decision_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["appearance.id"], name=op.f("fk_copy_decision_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_decision")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_copy_decision_first_id_second_id")),
    )
    with op.batch_alter_table("copy_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_copy_decision_second_id"), ["second_id"], unique=False)

    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.add_column(sa.Column("run_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("held_with_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_match_run_id"), "match_run", ["run_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_match_held_with_id"), "claim", ["held_with_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_match_held_with_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_match_run_id"), type_="foreignkey")
        batch_op.drop_column("held_with_id")
        batch_op.drop_column("run_id")
    with op.batch_alter_table("copy_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_copy_decision_second_id"))

    op.drop_table("copy_decision")
    op.drop_table("match_run")
