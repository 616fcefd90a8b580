"""Commands of the command line; each module is imported only when its command is called."""
