"""When a page was first said to be missing, while that is not believed yet; pauses that all processes keep."""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("recheck", schema=None) as batch_op:
        batch_op.add_column(sa.Column("missing_at", sa.DateTime(timezone=True), nullable=True))


    op.create_table(
        "host_pause",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_pause")),
    )


def downgrade() -> None:
    op.drop_table("host_pause")

    with op.batch_alter_table("recheck", schema=None) as batch_op:
        batch_op.drop_column("missing_at")
