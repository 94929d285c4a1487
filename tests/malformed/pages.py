"""Pages that cannot be: front matter, prose, addresses, templates and style sheets."""

from __future__ import annotations

from tests.malformed.changes import (
    ABOUT,
    ARTICLE,
    BIRCH,
    FOUNDING,
    SITE,
    Change,
    both,
    put,
    remove,
    swap,
    template,
    write,
)


def article(front: str = "", body: str = "Text.") -> Change:
    """Return the writing of another article, with more lines in its front matter."""
    return write("articles/first.md", ARTICLE.format(front, body))


FRONT_MATTER: dict[str, Change] = {
    "front-matter-missing": write("articles/first.md", "Hello.\n"),
    "front-matter-toml": write("articles/first.md", '+++\ntitle = "A"\n+++\n\nText.\n'),
    "front-matter-after-a-blank-line": write("articles/first.md", "\n" + ARTICLE.format("", "Text.")),
    "front-matter-unclosed": write("articles/first.md", "---\ntitle: A\n"),
    "front-matter-empty": write("articles/first.md", "---\n---\n\nText.\n"),
    "front-matter-is-a-list": write("articles/first.md", "---\n- title: A\n---\n\nText.\n"),
    "front-matter-foreign": article("lastmod: 2024-02-01\n"),
    "front-matter-misspelt": swap(FOUNDING, "description: Two", "descripton: Two"),
    "front-matter-topic": article("tags: [histori]\n"),
    "front-matter-tags-are-a-text": article("tags: history\n"),
    "front-matter-country": article("countries: [Alder]\n"),
    "front-matter-draft-is-yes": article("draft: yes\n"),
    "front-matter-month-for-a-day": article("updated: 2024-02\n"),
    "front-matter-time-of-day": article("updated: 2024-02-01 10:30\n"),
    "front-matter-order-in-words": article("order: first\n"),
    "front-matter-slug-with-capitals": article("slug: My First\n"),
    "front-matter-updated-before-its-date": article("updated: 2023-01-01\n"),
    "front-matter-second-colon": swap(FOUNDING, "title: How the Council began", "title: The Council: how it began"),
}

PROSE: dict[str, Change] = {
    "prose-figure-disagrees": swap(FOUNDING, "[20,592 people]", "[20,600 people]"),
    "prose-figure-unknown": swap(FOUNDING, "(fact:alder.population)", "(fact:alder.populaton)"),
    "prose-figure-without-words": swap(FOUNDING, "[20,592 people]", "[]"),
    "prose-source-unknown": swap(FOUNDING, "[@almanac-2024, p. 3]", "[@almanac-2042, p. 3]"),
    "prose-link-broken": swap(FOUNDING, "sound-council.yml#alder-1990-05-01", "sound-council.yml#alder-1990-05-02"),
    "prose-link-to-no-file": swap(
        FOUNDING, "(../organisations/sound-council.yml#birch", "(../organisations/council.yml#birch"
    ),
    "prose-link-to-a-draft": both(
        article("draft: true\n"), swap(FOUNDING, "Who stayed\n", "Who stayed\n\n[More](first.md).\n")
    ),
    "prose-link-to-no-heading": swap(ABOUT, "#who-stayed", "#who-left"),
    "prose-raw-html": swap(FOUNDING, "in 1990;", "<b>in 1990</b>;"),
    "prose-script-link": swap(
        FOUNDING, "(../organisations/sound-council.yml#birch-2010-06-30)", "(javascript:alert(1))"
    ),
    "prose-relative-time": swap(FOUNDING, "sat on the Council", "currently sit on the Council"),
    "prose-unclosed-fence": swap(FOUNDING, "organisation: sound-council\n```", "organisation: sound-council\n"),
    "prose-unclosed-link": swap(FOUNDING, "(fact:alder.population),", "(fact:alder.population,"),
    "prose-note-undefined": swap(FOUNDING, "Council.[^1]", "Council.[^2]"),
    "prose-block-field": swap(FOUNDING, "indicators: [population]", "indicatrs: [population]"),
    "prose-block-name": swap(FOUNDING, "```compare", "```comparison"),
    "prose-block-yaml": swap(FOUNDING, "indicators: [population]", "indicators: [population"),
    "prose-heading-of-the-first-level": swap(FOUNDING, "## Who stayed", "# Who stayed"),
    "prose-image-missing": swap(
        FOUNDING, "## Who stayed\n", "![The quay](../../static/images/quay.png)\n\n## Who stayed\n"
    ),
}

ADDRESSES: dict[str, Change] = {
    "ref-navigation": swap(SITE, "page: /sources/", "page: /source/"),
    "ref-navigation-by-file": swap(SITE, "page: /sources/", "page: content/sources/books.yml"),
    "ref-one-address-twice": swap(BIRCH, "name: Birch", "name: Birch\nslug: alder"),
    "address-of-two-articles": article("slug: founding\n"),
    "address-of-a-list": write("pages/countries.md", ARTICLE.format("", "Text.")),
    "address-too-long": write(f"articles/{'much-' * 11}long.md", ARTICLE.format("", "Text.")),
}

TEMPLATES: dict[str, Change] = {
    "template-misspelt-block": template("pages/sources.html", "{% block main %}", "{% block mian %}"),
    "template-missing-parent": template("pages/sources.html", '"base.html"', '"bse.html"'),
    "template-missing-component": template("pages/country.html", '"components/facts.html"', '"components/fact.html"'),
    "template-missing-macro": template(
        "pages/timeline.html", "{% from", '{% from "components/notes.html" import nots %}\n{% from'
    ),
    "template-missing-page": remove("templates/pages/glossary.html"),
    "template-empty-page": put("templates/pages/glossary.html", ""),
    "template-undefined-name": template("pages/sources.html", "{{ page.description }}", "{{ page.descripton }}"),
    "template-undefined-variable": template("pages/sources.html", "{{ page.description }}", "{{ pag.description }}"),
    "template-method": template("pages/sources.html", "{{ page.description }}", "{{ page.items }}"),
    "template-prints-a-mapping": template("pages/sources.html", "{{ page.description }}", "{{ page }}"),
    "template-calls-data": template("pages/sources.html", "{{ page.description }}", "{{ page.description() }}"),
    "template-output-outside-a-block": template("pages/sources.html", "{% block main %}", "Hello\n{% block main %}"),
    "template-style-attribute": template("pages/sources.html", "<h1>Sources", '<h1 style="color: red">Sources'),
    "template-event-attribute": template("pages/sources.html", "<h1>Sources", '<h1 onclick="x()">Sources'),
    "template-script": template("pages/sources.html", "<h1>Sources", "<script>alert(1)</script><h1>Sources"),
    "template-script-link": template("pages/sources.html", "<h1>Sources", '<a href="javascript:x()">x</a><h1>Sources'),
    "template-unquoted-value": template("pages/sources.html", '<h2 id="{{ group.id }}">', "<h2 id={{ group.id }}>"),
    "template-unescaped": template("pages/sources.html", "{{ page.description }}", "{{ page.description | safe }}"),
    "template-syntax": template("pages/sources.html", "{% endblock %}", "{% endblok %}"),
    "template-unclosed-block": template("pages/sources.html", "{% endblock %}", ""),
    "template-unclosed-braces": template("pages/sources.html", "{{ page.description }}", "{{ page.description }"),
    "template-filter": template("pages/sources.html", "{{ group.heading }}", "{{ group.heading | titel }}"),
    "template-image-without-text": template("pages/sources.html", "<h1>Sources", '<img src="x.png"><h1>Sources'),
    "template-includes-itself": template(
        "pages/sources.html", "<h1>Sources", '{% include "pages/sources.html" %}<h1>Sources'
    ),
    "template-link-to-nothing": template(
        "pages/sources.html", "<h1>Sources", '<a href="{{ link("/source/") }}">x</a><h1>Sources'
    ),
    "template-not-utf-8": put(
        "templates/pages/glossary.html", b'{% extends "base.html" %}\n{% block main %}\xe9{% endblock %}\n'
    ),
}

STYLES: dict[str, Change] = {
    "style-missing-file": put("static/css/99-x.css", "a { src: url(../x.woff2); }\n"),
    "style-from-elsewhere": put("static/css/99-x.css", '@import "https://fonts.example/x.css";\n'),
    "style-not-utf-8": put("static/css/99-x.css", b"a::before { content: '\xab'; }\n"),
}
