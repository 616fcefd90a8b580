"""The one declarative base, with one naming convention for constraints."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

# Batch migrations on SQLite can only drop a constraint that has a name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Rows of all subjects."""

    metadata = MetaData(naming_convention=NAMING)
