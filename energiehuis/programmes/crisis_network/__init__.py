"""The regional crisis network: beds for a night, aliases, and case conferences."""
