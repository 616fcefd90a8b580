"""Plain programs that do the bare minimum of the same work; the yardsticks."""
