"""The demo region: invented applications, drawn from documented distributions with a fixed seed."""
