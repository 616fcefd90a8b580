"""The regional crisis network: beds for a night, under an alias if need be, and case conferences."""
