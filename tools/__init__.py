"""Scripts for maintainers, which no build needs: they install, check and lock what the project is made with."""
