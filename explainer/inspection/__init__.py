"""What must hold for a finished page, one module for each matter."""
