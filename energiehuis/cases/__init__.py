"""The shared intake core: what came in, the case it opened, and what happened to that case."""
