"""The names of the twelve mistakes, in the order in which every list of them stands."""

NAMES = (
    "text where a number belongs",
    "unknown key in a sheet",
    "misspelt fact in prose",
    "fact with a source that does not exist",
    "unknown citation",
    "broken link",
    "broken anchor",
    "root link on a project site",
    "broken front matter",
    "impossible date",
    "missing title",
    "date in the future that nobody is told about",
)
