"""When a page was first said to be missing, while one such answer is not believed yet."""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("recheck", schema=None) as batch_op:
        batch_op.add_column(sa.Column("missing_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("recheck", schema=None) as batch_op:
        batch_op.drop_column("missing_at")
