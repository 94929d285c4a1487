"""Write dated events as a calendar that calendar programs can take in (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_MAX_OCTETS = 75


def write_calendar(view: Mapping[str, Any]) -> bytes:
    """Return a calendar of whole-day events, in UTF-8 with the line ends that RFC 5545 asks for.

    The view has `name`, `language` and `events`. An event has `uid`, `title`, `text`, `url` (or None), `kind`, `status`
    (one of RFC 5545), and as days (`YYYY-MM-DD`) `first`, `after` (the day after its last) and `revised`.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//explainer-site//events//EN",
        "CALSCALE:GREGORIAN",
        f"NAME;LANGUAGE={view['language']}:{_escape(view['name'])}",
        f"X-WR-CALNAME:{_escape(view['name'])}",
        *(line for event in view["events"] for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(line)}\r\n" for line in lines).encode()


def _event(event: Mapping[str, Any]) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escape(event['uid'])}"
    yield f"DTSTAMP:{_day(event['revised'])}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(event['first'])}"
    yield f"DTEND;VALUE=DATE:{_day(event['after'])}"
    yield f"SUMMARY:{_escape(event['title'])}"
    if event["text"]:
        yield f"DESCRIPTION:{_escape(event['text'])}"
    if event["url"]:
        yield f"URL:{event['url']}"
    yield f"CATEGORIES:{_escape(event['kind'])}"
    yield f"STATUS:{event['status']}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(iso: str) -> str:
    return iso.replace("-", "")


def _escape(text: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _fold(line: str) -> str:
    """Break a line after at most 75 octets, never within a character; a line that goes on begins with a blank."""
    parts, part, octets = [], "", 0
    for letter in line:
        size = len(letter.encode())
        if octets + size > _MAX_OCTETS:
            parts.append(part)
            part, octets = " ", 1
        part += letter
        octets += size
    return "\r\n".join([*parts, part])
