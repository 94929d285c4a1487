"""The parts of the server that shows the site while it is edited."""
