"""Domain of the Energiehuis: law, loans, people, programmes, key figures and simulations.

It knows no HTTP: pages, JSON calls, jobs and the command line all come through its services.
"""
