"""How much of an article its outlet shows; what was stored before counts as open until it is read again."""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ACCESS = sa.Enum(
    "open",
    "metered",
    "paywalled",
    "consent-page",
    "live-blog",
    name="access",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade() -> None:
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.add_column(sa.Column("access", ACCESS, server_default="open", nullable=False))
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.alter_column("access", existing_type=sa.String(length=32), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_article_access"), type_="check")
        batch_op.drop_column("access")
