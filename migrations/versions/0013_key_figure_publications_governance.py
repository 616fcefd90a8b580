"""key figure publications governance"""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    """Nothing yet."""


def downgrade():
    """Nothing yet."""
