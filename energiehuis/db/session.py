"""What other packages may name of the database: the session of a unit of work, and its failures."""

from sqlalchemy.exc import OperationalError as DatabaseUnavailable
from sqlalchemy.exc import SQLAlchemyError as DatabaseFault
from sqlalchemy.orm import Session

__all__ = ["DatabaseFault", "DatabaseUnavailable", "Session"]
