"""What a match's explanation proposes and which matcher made it, as columns that the database derives by itself.

SQLite takes no value for such a column: a later step that rebuilds this table has to drop both, and to add them again.
"""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TOLD = {"proposal": "proposal", "matcher_version": "version"}


def upgrade() -> None:
    explanation = sa.column("explanation", sa.JSON())
    with op.batch_alter_table("match", schema=None) as batch_op:
        for name, said in TOLD.items():
            derived = sa.Computed(explanation[said].as_string(), persisted=True)
            batch_op.add_column(sa.Column(name, sa.String(), derived, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("match", schema=None) as batch_op:
        for name in TOLD:
            batch_op.drop_column(name)
