"""The forms in which problems are told: text, colour on a terminal, JSON, annotations of GitHub."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from explainer.cli import main
from explainer.problems import Place, Problem
from explainer.reporting import plain_text
from explainer.reporting.github import MAX_ROWS, commands, harmless, write_summary
from explainer.reporting.style import PLAIN, Style
from tests.projects import ROOT, copy_isles, replace_text

ON = ("--as-of", "2025-06-01")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two errors in two files, and the warning that the fixture has."""
    copy_isles(tmp_path)
    replace_text(tmp_path / "content/countries/alder.yml", "summary: The", "sumary: The")
    replace_text(tmp_path / "content/events.yml", "kind: summit", "kind: sumit")
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("GITHUB_") or name == "NO_COLOR":
            monkeypatch.delenv(name)
    return tmp_path


# JSON


def test_json_holds_every_problem_with_its_place_and_nothing_else_goes_to_stdout(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *ON, "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["format"], document["errors"], document["warnings"]) == (1, 2, 1)
    assert document["problems"][0] == {
        "path": "content/countries/alder.yml",
        "line": 6,
        "column": 1,
        "length": 6,
        "severity": "error",
        "code": "F004",
        "message": 'unknown field "sumary"',
        "fix": 'did you mean "summary"?',
        "excerpt": "sumary: The largest of the isles.",
    }


@pytest.mark.parametrize("verb", ["build", "check"])
def test_json_of_a_site_without_errors_is_json_too(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_isles(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main([verb, *ON, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in document["problems"]] == ["D002"]


def test_a_problem_of_a_whole_file_has_no_line_in_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (broken / "content/countries/dune.yml").write_text("")
    main(["check", *ON, "--format", "json"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    [empty] = [problem for problem in problems if problem["code"] == "R022"]
    assert "line" not in empty and "excerpt" not in empty


# GitHub


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as GitHub's runner does (ActionCommand.TryParseV2 in actions/runner)."""
    match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert match, line
    properties = {}
    for pair in match[2].split(","):
        name, _, value = pair.partition("=")
        for written, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(written, sign)
        properties[name] = value
    data = match[3]
    for written, sign in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        data = data.replace(written, sign)
    return match[1], properties, data


def test_annotations_come_errors_first_and_read_back_as_they_were_written() -> None:
    nasty = 'a, b: "100 %0A" \u2013 ::error::x\r\nnext'
    warning = Problem(Place("content/a.yml", 1, 1, 2), "D002", "old", "look", "warning")
    error = Problem(Place("content/z, x:y%2C.yml", 12, 5, 3), "F004", nasty, "100 % sure: yes, no")
    whole = Problem(Place("content/b.yml"), "R022", "this file is empty", "write it")
    lines = commands([warning, whole, error], PLAIN)
    assert [read_command(line)[0] for line in lines] == ["error", "error", "warning"]
    assert all("\n" not in line and "\r" not in line for line in lines)
    _kind, properties, data = read_command(lines[1])
    assert properties == {
        "file": "content/z, x:y%2C.yml",
        "line": "12",
        "endLine": "12",
        "col": "5",
        "endColumn": "8",
        "title": "F004",
    }
    assert data == f"{nasty}\nfix: 100 % sure: yes, no"
    assert "line" not in read_command(lines[0])[1]


def test_a_run_on_github_prints_annotations_text_and_a_summary(
    broken: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("from the step before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(broken.parent))
    for name, value in (("SERVER_URL", "https://github.com"), ("REPOSITORY", "o/r"), ("SHA", "abc")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    assert main(["check", *ON, "--format", "github"]) == 1
    told = capsys.readouterr()
    kinds = [read_command(line)[:2] for line in told.out.splitlines()]
    assert [kind for kind, _ in kinds] == ["error", "error", "warning"]
    assert kinds[0][1]["file"] == f"{broken.name}/content/countries/alder.yml"
    assert "2 errors and 1 warning in 3 files." in told.err
    text = summary.read_text()
    assert text.startswith("from the step before\n### 2 errors and 1 warning in 3 files.")
    assert f"https://github.com/o/r/blob/abc/{broken.name}/content/countries/alder.yml#L6" in text
    html = MarkdownIt().enable("table").render(text)
    assert html.count("<tr>") == 1 + 3
    assert "unknown field &quot;sumary&quot;" in html


def test_a_summary_shows_signs_as_they_are_and_ends_before_it_is_refused(tmp_path: Path) -> None:
    message = "a | b <script>x</script> `c` [d](javascript:e) *f* _g_ @h #1 \\"
    problems = [Problem(Place("content/a.yml", line + 1, 1), "F004", message, "fix") for line in range(MAX_ROWS + 7)]
    path = tmp_path / "summary.md"
    write_summary(problems, "closing", Style("github", summary=str(path)))
    html = MarkdownIt().enable("table").render(path.read_text())
    assert html.count("<tr>") == 1 + MAX_ROWS
    assert "a | b &lt;script&gt;x&lt;/script&gt; `c` [d](javascript:e) *f* _g_ @h #1 \\" in html
    assert "<a" not in html and "<em>" not in html
    assert "And 7 more" in html
    assert path.stat().st_size < 1 << 20


def test_no_line_of_an_article_becomes_a_command_of_the_runner() -> None:
    shown = Problem(Place("content/a.md", 3, 1), "M022", "m", "f", excerpt="::error::x ##[add-path]y")
    text = harmless(plain_text([shown], None) + "\n::set-env name=A::b")
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


# A terminal


def on_a_terminal(folder: Path, *words: str, **environment: str) -> str:
    """Run the command with stderr on a terminal, and return what it writes there."""
    ours, theirs = pty.openpty()
    plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLORTERM")}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), "check", *ON, *words],
        cwd=folder,
        env={**plain, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "40", **environment},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        written += part
    os.close(ours)
    assert process.wait(timeout=60) == 1
    return written.decode().replace("\r\n", "\n")


def test_a_terminal_shows_colour_and_the_same_words_and_no_color_is_heard(broken: Path) -> None:
    plain = on_a_terminal(broken, NO_COLOR="1")
    assert "\x1b" not in plain and "F004" in plain
    coloured = on_a_terminal(broken)
    assert "\x1b[1;31merror F004\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert on_a_terminal(broken, "--no-color") == plain
    assert on_a_terminal(broken, TERM="dumb") == plain


# Single files


def test_check_of_one_file_tells_what_is_wrong_there_alone(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *ON, "content/countries/alder.yml"]) == 1
    told = capsys.readouterr().err
    assert "F004" in told and "L006" not in told and "1 error in 1 file." in told
    assert main(["check", *ON, "content/countries/cedar.yml"]) == 0
    assert capsys.readouterr().out == (
        "No errors in content/countries/cedar.yml. Elsewhere: 2 errors and 1 warning in 3 files.\n"
    )
    assert main(["check", *ON, "content/countries/birch.yml"]) == 0
    told = capsys.readouterr()
    assert "warning D002" in told.err and "No errors in content/countries/birch.yml." in told.out
    assert main(["check", *ON, "--strict", "content/countries/birch.yml"]) == 1


def test_check_finds_a_file_by_any_path_to_it(
    broken: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *ON, str(broken / "content/../content/events.yml")]) == 1
    assert "L006" in capsys.readouterr().err


# A hook


def test_the_hook_runs_when_content_changes_and_fails_with_an_error(broken: Path) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for path in ("content/site.yml", "templates/base.html", "static/css/a.css"):
        assert re.search(hook["files"], path)
    assert not re.search(hook["files"], "docs/content/x.md")
    python, script, *words = hook["entry"].split()
    assert (python, script) == (".venv/bin/python", "build.py")
    result = subprocess.run(
        [sys.executable, str(ROOT / script), *words, *ON], cwd=broken, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert result.returncode == 1
