"""The command line: one module a command, shared arguments, one table of exit codes."""
