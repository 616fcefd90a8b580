"""A bare Flask application: one durable row in, one row out, a page of fifty out.

It validates nothing, knows no law, writes no audit line and lets everybody in.
"""

import os

from flask import Flask, jsonify, request
from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
)

METADATA = MetaData()
ROWS = Table(
    "bare_applications",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("nis_code", String(5)),
    Column("status", String(30)),
    Column("received_at", DateTime(timezone=True), server_default=func.current_timestamp()),
    Column("name", String(200)),
    Column("amount_cents", Integer),
    Column("body", Text),
)


def make_engine(url):
    """Make an engine as durable as the application's."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url)
    engine = create_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _set_up(connection, _record):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def create_app():
    """Make the application on the database of the environment."""
    app = Flask(__name__)
    engine = make_engine(os.environ["DATABASE_URL"])

    @app.post("/bare")
    def add():
        body = request.get_json()
        row = {
            "nis_code": "34013",
            "status": "submitted",
            "name": body["applicant"]["family_name"],
            "amount_cents": int(float(body["amount"]) * 100),
            "body": request.get_data(as_text=True),
        }
        with engine.begin() as connection:
            new_id = connection.execute(insert(ROWS), row).inserted_primary_key[0]
        return jsonify(id=new_id), 201

    @app.get("/bare/<int:row_id>")
    def read(row_id):
        with engine.connect() as connection:
            row = connection.execute(select(ROWS).where(ROWS.c.id == row_id)).first()
        return jsonify(dict(row._mapping))  # noqa: SLF001

    @app.get("/bare")
    def page():
        columns = [c for c in ROWS.c if c.name != "body"]
        query = select(*columns).order_by(ROWS.c.id.desc()).limit(50)
        with engine.connect() as connection:
            rows = [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001
        return jsonify(items=rows)

    return app
