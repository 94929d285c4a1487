"""Compare the content with the dossier of research it was made from: every value, event, source and claim."""
