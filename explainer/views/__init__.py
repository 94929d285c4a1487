"""The records of a site as plain data for templates: values, facts, sources, events, standings."""
