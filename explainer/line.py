"""The line from content to finished pages as one function."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

from explainer.assets import collect_assets
from explainer.blobs import Spool
from explainer.build_state import BuildState, pack_of
from explainer.cards import in_reading_order
from explainer.changes import LATE, Before, find_changes, settled_by, take_answers
from explainer.config import Folders, Options
from explainer.counts import count_site
from explainer.generator import Generator
from explainer.head import Head
from explainer.inputs import Inputs, with_digests
from explainer.inspect import inspect_readings
from explainer.kept import Readings, SiteFiles, files_to_inspect
from explainer.link import check_references
from explainer.locales import known_locales, recall_locales
from explainer.making import Workshop
from explainer.manifest_format import MANIFEST_NAME, FileDigest, digest, format_manifest
from explainer.plan import AFTER_DOCUMENTS, BEFORE_DOCUMENTS, LAST, UNLISTED
from explainer.plan.checks import check_addresses, check_navigation
from explainer.plan.frame import path_of
from explainer.plan.sharing import WRITER as CARD
from explainer.problems import ContentError, Problem, Report
from explainer.prose import load as load_prose
from explainer.publication import held_back
from explainer.publish_draft import Draft
from explainer.questions import Hearer, Teller
from explainer.read_site import World, read_documents, read_world, with_documents
from explainer.remember import next_state
from explainer.render import report_faults
from explainer.rendered import Rendered
from explainer.share_cards import CardPress, forget_others
from explainer.site_address import base_url, warn_of_missing_base_url
from explainer.site_answers import answers_of, publications_of
from explainer.source_files import text_as_it_is
from explainer.stages import have_same_names, make_chapters, make_documents, turned_over
from explainer.stopwatch import Stopwatch
from explainer.template_stage import ReadyTemplates, ready_templates
from explainer.workers import most_workers


def render(
    folders: Folders,
    options: Options,
    inputs: Inputs,
    state: BuildState | None,
    generator: Generator,
    watch: Stopwatch,
    *,
    strict: bool = False,
    fingerprint: bool = True,
    jobs: int | None = None,
    is_check: bool = False,
    draft: Draft | None = None,
) -> Rendered:
    """Run the line from content to finished files, or raise ContentError with every problem found.

    `state` is what the build before left, None to make everything anew; `inputs` say what changed since. `strict` makes
    warnings count as errors. `fingerprint` puts digests into the names of assets. A check, and a site that is made to
    be looked at while it is edited, have no index of texts: no reader searches them. `draft` is begun where most pages
    are made anew. Raises DamagedBlobs when what the state names is not in its pack.
    """
    before = Before() if state is None else Before(state, pack_of(folders.cache, state.head))
    spool = Spool(1 + most_workers(jobs))
    try:
        return _line(
            folders,
            options,
            inputs,
            before,
            generator,
            watch,
            spool,
            strict=strict,
            fingerprint=fingerprint,
            jobs=jobs,
            is_check=is_check,
            draft=draft,
        )
    except BaseException:
        spool.close()
        if before.pack is not None:
            before.pack.close()
        raise


def _line(
    folders: Folders,
    options: Options,
    inputs: Inputs,
    before: Before,
    generator: Generator,
    watch: Stopwatch,
    spool: Spool,
    *,
    strict: bool,
    fingerprint: bool,
    jobs: int | None,
    is_check: bool,
    draft: Draft | None,
) -> Rendered:
    report = Report(read=lambda path: text_as_it_is(folders.root / path))
    state = before.state if before.pack is not None else None
    static = folders.shown(folders.static)
    recall_locales(before.state.locales)
    ready: list[tuple[World, list[Any], ReadyTemplates]] = []

    def prepare() -> None:
        world = read_world(folders, inputs, state, before.pack, report)
        world_problems = [problem.as_tuple() for problem in report.problems]
        with watch.stage("templates"):
            templates = ready_templates(folders, before, report)
        ready.append((world, world_problems, templates))
        if state is None and world.site is not None:
            load_prose(world.site.settings.language)

    with watch.stage("read"):
        documents = read_documents(folders, inputs, state, report, jobs=jobs, meanwhile=prepare)
    world, world_problems, (environment, digests, template_problems) = ready[0]
    if world.site is None:
        raise ContentError(report.problems)
    with watch.stage("link"):
        site = with_documents(world.site, documents)
        check_references(documents.loose, site.places, report)
    with watch.stage("rules"):
        same_day = before.state.head.result.get("as_of") == options.as_of.isoformat()
        mentions = tuple(sorted(site.mentions))
        if state is not None and not world.is_new and same_day and before.state.mentions == mentions:
            rule_problems = before.state.rule_problems
            report.extend(map(Problem.from_tuple, rule_problems))
        else:
            from explainer.rules.registry import check_records  # rules of records: not asked while one edits prose

            rule_problems = _added(report, lambda: check_records(site, options.as_of, report))
        assets = collect_assets(folders.static, static, site, report, fingerprint=fingerprint)
    with watch.stage("documents"):
        publications = publications_of(site, documents.cards.values(), options)
        shown = in_reading_order(
            card
            for path, card in documents.cards.items()
            if (publication := publications[path]) is None or publication.is_shown
        )
        context = answers_of(
            site,
            options,
            assets,
            documents,
            publications,
            shown,
            base_url=base_url(site, options),
            static=static,
            has_cards=fingerprint and site.settings.cards and bool(base_url(site, options)),
            headings={
                path: row.headings
                for path, row in before.state.documents.items()
                if path in documents.cards and path not in documents.changed and row.prose is not None
            },
        )
        answers = context.asker.answers
        files_changed = any(path.startswith(f"{static}/") for path in inputs.changed | inputs.gone)
        touched = world.is_new or documents.moved or not same_day or files_changed
        same_language = before.state.language == site.settings.language
        is_settled = settled_by(documents, same_day=same_day, same_language=same_language)
        find_changes(before, answers, None if touched else ("headings",), is_settled)
        with_search = fingerprint and not is_check and site.settings.search
        press = CardPress(assets.files, None if is_check else folders.cache, site.settings.place_of("cards"))
        workshop = Workshop(
            answers,
            context,
            environment,
            digests,
            generator.digest,
            options,
            site.settings.language,
            spool,
            Teller(answers.digest),
            Hearer(before.state.questions.copy()),
            with_search=with_search,
            cards=press,
            draft=draft,
        )
        why: dict[str, str] = {}
        with_pages, others = not report.errors, BEFORE_DOCUMENTS | AFTER_DOCUMENTS | UNLISTED
        outcomes, chapters = make_documents(
            workshop, documents, publications, others, before, why, watch, with_pages=with_pages, jobs=jobs
        )
        report.extend(problem for outcome in outcomes.values() for problem in outcome.problems)
    report.stop_if_any()
    if draft is not None:
        draft.settle()

    with watch.stage("plan"):
        listed = [page for name in BEFORE_DOCUMENTS for page in chapters[name].pages]
        listed += [page for card in shown for page in outcomes[card.path].pages]
        listed += [page for name in AFTER_DOCUMENTS for page in chapters[name].pages]
        answers.values[LATE] = tuple([page.row.address for page in listed if page.row.title is not None])
        replaced, anew = turned_over(before, outcomes, chapters)
        are_the_same = state is not None and not documents.moved and have_same_names(replaced, anew)
        if not are_the_same:
            find_changes(before, answers, (LATE,))
        last = make_chapters(workshop, LAST, before, why)
        chapters |= last
        pages = [*listed, *(page for name in (*UNLISTED, *LAST) for page in chapters[name].pages)]
        report_faults([page.fault for page in pages if page.fault is not None], environment, report, places={})
        rows = [page.row for page in pages]
        if not are_the_same:
            check_addresses(rows, report)
        if not are_the_same or world.is_new:
            check_navigation(site.settings, rows, report)
    report.stop_if_any()
    with watch.stage("inspect"):
        paths = [row.path for row in rows]
        files, readings = SiteFiles(spool, paths, pages, draft), Readings(spool, before.pack, paths, pages)
        for path, data in {**assets.files, ".nojekyll": b""}.items():
            files.put(path, data)
        to_inspect = files_to_inspect(pages, files, readings, replaced, before)
        inspect_readings(
            files,
            readings,
            to_inspect.files,
            rows,
            report,
            without_links=to_inspect.without_links,
            base_path=path_of(base_url(site, options)),
            base_url=base_url(site, options),
        )
    warn_of_missing_base_url(site, options, folders, report)
    if strict and report.warnings:
        raise ContentError(report.problems)
    report.stop_if_any()

    index: dict[str, bytes] = {}
    if workshop.with_search:
        with watch.stage("search"):
            from explainer.search_stage import search_index  # starts another program: nobody does while he edits

            index = search_index(rows, readings, folders.cache, site.settings, report)
        for path, data in index.items():
            files.put(path, data)
    if not is_check and any(page.html is not None and page.row.template == CARD for page in pages):
        forget_others(folders.cache, [row.address for row in rows])
    wanted = dict(zip(paths, [FileDigest(row.sha256, row.size) for row in rows], strict=True))
    wanted.update((path, digest(data)) for path, data in {**assets.files, **index, ".nojekyll": b""}.items())
    titled = {row.address: (row.source, row.title) for row in rows if row.title is not None}
    manifest = format_manifest(wanted, base_url=base_url(site, options), preview=options.is_preview, pages=titled)
    files.put(MANIFEST_NAME, manifest)
    articles = sum(card.kind == "article" for card in shown)
    counts = count_site(site, pages=sum(row.title is not None for row in rows), articles=articles)
    back = held_back(one for one in publications.values() if one is not None)
    new, fresh = next_state(
        before,
        take_answers(before, answers, workshop.hearer.questions),
        outcomes,
        chapters,
        world=pickle.dumps(world.site, protocol=5) if world.is_new else None,
        environment=environment,
    )
    new.world_problems, new.rule_problems, new.template_problems = world_problems, rule_problems, template_problems
    new.mentions, new.templates, new.language = mentions, digests, site.settings.language
    new.locales = known_locales()
    new.assets = tuple(assets.files)
    new.head = Head(
        generator,
        folders.asked(options, fingerprint=fingerprint).settings,
        inputs.identities,
        with_digests(inputs, documents.digests),
        manifest_sha256=digest(manifest).sha256,
        result={
            "as_of": options.as_of.isoformat(),
            "warnings": [problem.as_tuple() for problem in report.warnings],
            "counts": tuple(counts),
            "held_back": [tuple(one) for one in back],
            "files": len(files),
            "base_url": base_url(site, options),
        },
        pack_name=before.state.head.pack_name,
        pack_live=before.state.head.pack_live,
    )
    made = [page.row for page in pages if page.html is not None]
    reasons = {row.address: why.get(row.address) or why.get(row.source, "") for row in made}
    return Rendered(files, wanted, report.warnings, counts, back, watch.stages, reasons, new, fresh, spool, before.pack)


def _added(report: Report, work: Callable[[], None]) -> list[Any]:
    """Do some work, and return the problems it added to a report, as plain data."""
    before = len(report.problems)
    work()
    return [problem.as_tuple() for problem in report.problems[before:]]
