"""The direction of the social economy: places kept, network meetings and grants; no persons."""
