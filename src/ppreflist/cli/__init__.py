"""The command line: the only room that prints, asks, colours and exits."""
