"""Whether somebody asked for a fetch on the command line."""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_by_command", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.alter_column("is_by_command", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("fetch_request", schema=None) as batch_op:
        batch_op.drop_column("is_by_command")
