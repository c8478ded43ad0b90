"""Gets the bot going: trains what changed, starts the processes, asks them a question."""
