"""What the domain forbids."""
