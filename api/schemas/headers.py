"""Headers that several routes ask for, as the OpenAPI document describes them."""

IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "New for each new request; the same one again gets the same answer.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"},
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The ETag of the version on which the change is based.",
    "schema": {"type": "string", "pattern": '^"v[0-9]{1,9}"$'},
}
