"""The command line: `energiehuis --help` lists what can be asked."""

from energiehuis.cli.lazy import LazyCommand, LazyGroup

_IMPORTS = LazyGroup(
    "import",
    help="Take over lists that were kept elsewhere.",
    lazy=(
        LazyCommand(
            "loans",
            "energiehuis.cli.import_loans",
            "import_loans_command",
            "An Energiehuis's own list of running loans.",
        ),
        LazyCommand(
            "performances",
            "energiehuis.cli.import_performances",
            "import_performances_command",
            "The hours of VDAB's platform for wijk-werken.",
        ),
    ),
)

COMMANDS = (
    LazyCommand("accounts", "energiehuis.cli.accounts", "accounts", "Add people who may sign in."),
    LazyCommand("audit", "energiehuis.cli.audit", "audit", "Check the audit trail."),
    LazyCommand("db", "energiehuis.cli.database", "database", "Migrate and check the database."),
    LazyCommand(
        "decisions", "energiehuis.cli.decisions", "decisions", "Replay a sealed decision offline."
    ),
    LazyCommand("demo", "energiehuis.cli.demo", "demo", "Load the demo region once and serve it."),
    LazyCommand(
        "heat-demand",
        "energiehuis.cli.heat_demand",
        "heat_demand",
        "Work out the heat that dwellings need, from a list.",
    ),
    LazyCommand(
        "key-figures",
        "energiehuis.cli.key_figures",
        "key_figures",
        "Compute the key figures of a period.",
    ),
    LazyCommand("law", "energiehuis.cli.law", "law", "Check, show and rehearse the law."),
    LazyCommand(
        "organisations",
        "energiehuis.cli.organisations",
        "organisations",
        "Add an Energiehuis and the municipalities it serves.",
    ),
    LazyCommand("outbox", "energiehuis.cli.outbox", "outbox", "Send messages to other systems."),
    LazyCommand(
        "partners",
        "energiehuis.cli.partners",
        "partners",
        "Make keys for the programs of partners.",
    ),
    LazyCommand(
        "plot", "energiehuis.cli.plot", "plot", "Draw what the portfolio saves and still owes."
    ),
    LazyCommand(
        "portfolio",
        "energiehuis.cli.portfolio",
        "portfolio",
        "Write and check portfolios of loans as Parquet.",
    ),
    LazyCommand("report", "energiehuis.cli.report", "report", "Make the report of a municipality."),
    LazyCommand(
        "schedule", "energiehuis.cli.schedule", "schedule", "Show the repayment of one loan."
    ),
    LazyCommand(
        "simulate",
        "energiehuis.cli.simulate",
        "simulate",
        "Simulate the portfolio, as it is and under other rules.",
    ),
)

main = LazyGroup(
    "energiehuis",
    help="Energy loans, advice and what-if scenarios for an Energiehuis.",
    lazy=COMMANDS,
    commands=[_IMPORTS],
)


if __name__ == "__main__":
    main(prog_name="energiehuis")
