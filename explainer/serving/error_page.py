"""Write the page that stands in for a site that could not be built yet."""

from __future__ import annotations

import html

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; base-uri 'none'; object-src 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The site cannot be built yet</title>
</head>
<body>
<main>
<h1>The site cannot be built yet</h1>
<p>It appears here by itself when these problems are mended.</p>
<pre>{problems}</pre>
</main>
</body>
</html>
"""


def error_page(problems: str) -> bytes:
    """Return a page in UTF-8 that shows the words for the problems of a build."""
    return _PAGE.format(problems=html.escape(problems)).encode("utf-8", "backslashreplace")
