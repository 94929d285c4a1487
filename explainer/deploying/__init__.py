"""Put a built site onto a branch of a git remote."""
