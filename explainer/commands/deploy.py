"""Publish the built site onto a branch of a git remote."""

from __future__ import annotations

import argparse
import re

from explainer.commands.arguments import folders_of, options_of, style_of
from explainer.commands.usage import EXIT_CONTENT, EXIT_DONE, UsageError
from explainer.problems import ContentError

_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what only this verb takes."""
    parser.add_argument("remote", nargs="?", default="origin", help="name or address of the remote (default: origin)")
    parser.add_argument("--branch", default="gh-pages", help="the branch (default: gh-pages)")
    parser.add_argument("--domain", metavar="HOST", help='write CNAME for a domain of your own; "none" removes it')
    parser.add_argument("--dry-run", action="store_true", help="say what would be published, and publish nothing")
    parser.add_argument("--overwrite", action="store_true", help="accept commits on the branch that are not of deploy")


def run(arguments: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from explainer.deploying.deploy import NO_DOMAIN, Request, deploy
    from explainer.deploying.git import NoGit
    from explainer.published import excuses_of
    from explainer.reporting import print_problems

    domain = arguments.domain
    if domain is not None and domain != NO_DOMAIN and not _DOMAIN.fullmatch(domain):
        raise UsageError("U006", f'--domain: "{domain}" is not the name of a host', "write it as in www.example.org")
    folders, options = folders_of(arguments), options_of(arguments)
    request = Request(arguments.remote, arguments.branch, domain, arguments.overwrite, arguments.dry_run)
    try:
        done = deploy(folders, request, excuses_of(folders, options))
    except ContentError as error:
        print_problems(error.problems, output=None, style=style_of(arguments))
        return EXIT_CONTENT
    except NoGit:
        raise UsageError("U025", "there is no git on this machine", "install git, or let CI deploy") from None
    if arguments.quiet:
        return EXIT_DONE
    where = f"branch {request.branch} of {request.remote}"
    if done.commit is None:
        print(f"Nothing to publish: {where} has this site already.")
        return EXIT_DONE
    counts = [(letter, sum(change == letter for change, _ in done.changes)) for letter in "AMD"]
    words = ", ".join(
        f"{number} {word}" for (_, number), word in zip(counts, ("added", "changed", "removed"), strict=True)
    )
    if request.dry_run or arguments.verbose:
        print("\n".join(f"{letter} {path}" for letter, path in done.changes))
    print(f"{'Would publish' if request.dry_run else 'Published'} {done.base_url} to {where}: {words}.")
    if done.is_first and not request.dry_run:
        print(f"On GitHub, choose this branch once: Settings, Pages, Deploy from a branch, {request.branch}, / (root).")
    return EXIT_DONE
