"""The programs ``validate``, ``convert``, ``show``, ``diff`` and ``reconcile``.

On a terminal people get lines and, where ``rich`` is installed, tables and a progress bar; a pipe gets one JSON object a
line. Exit status: 0 nothing worse than a warning, 1 errors or differences were found, 2 something could not be read.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ._errors import EncodingError, KaigoError, LossError
from ._kaigo import (
    BatchSummary,
    BatchUnit,
    Document,
    Finding,
    Record,
    Unit,
    convert,
    convert_all,
    read,
    set_language,
    validate,
    validate_all,
    write_atomically,
)
from ._kaigo import __version__ as _version
from ._reconcile import reconcile_json, text as reconciliation_text

_MASK = {"en": "(masked)", "ja": "（非表示）"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one program; gives the exit status."""
    options = _parser().parse_args(arguments)
    set_language(options.lang)
    if options.format == "auto":
        options.format = "text" if sys.stdout.isatty() else "json"
    program: Callable[[argparse.Namespace], int] = options.program
    try:
        return program(options)
    except (EncodingError, LossError) as error:
        _say_findings(error.findings, options)
        print(error, file=sys.stderr)
        return 1
    except (KaigoError, OSError, ValueError) as error:
        print(f"kaigo: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # nobody reads any more
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kaigo", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--version", action="version", version=_version)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=["en", "ja"], default="en", help="language of messages and names")
    common.add_argument(
        "--format", choices=["auto", "text", "json"], default="auto", help="lines for people, or JSON (in pipes)"
    )
    common.add_argument("--tolerant", action="store_true", help="what real senders do is a warning, not an error")
    common.add_argument("--show-personal-data", action="store_true", help="show values that are about a person")
    one = argparse.ArgumentParser(add_help=False)
    one.add_argument("--kind", help="the kind of file, such as UPPLAN, where its name does not tell")
    programs = parser.add_subparsers(required=True)

    program = programs.add_parser("validate", parents=[common], help="checks files, folders and ZIP archives")
    program.add_argument("paths", nargs="+", type=Path)
    program.set_defaults(program=_validate)
    batches = [program]

    program = programs.add_parser("convert", parents=[common, one], help="turns CSV into JSON or XML or back")
    program.add_argument(
        "--to",
        choices=["csv", "json", "xml", "care-json"],
        help="the form; of a file, its extension tells it, too. care-json is one document of all that the source holds",
    )
    program.add_argument("--gaiji", choices=["reject", "map", "substitute"], default="reject")
    program.add_argument("--lossless", action="store_true", help="refuse a file of which something would be lost")
    program.add_argument("source", type=Path)
    program.add_argument("target", type=Path)
    program.set_defaults(program=_convert)
    batches.append(program)
    for program in batches:
        program.add_argument("--jobs", type=int, help="of a folder: how many threads work (one a core)")
        program.add_argument("--manifest", type=Path, help="of a folder: remembers what is finished, which is skipped then")

    program = programs.add_parser("show", parents=[common, one], help="shows the records of a file")
    program.add_argument("--rows", type=int, default=20, help="how many (0: all)")
    program.add_argument("--fields", help="which fields, by name or No., with commas between; those that are filled")
    program.add_argument("path", type=Path)
    program.set_defaults(program=_show)

    program = programs.add_parser(
        "diff", parents=[common, one], help="compares two files; a plan and actuals visit by visit"
    )
    program.add_argument("old", type=Path)
    program.add_argument("new", type=Path)
    program.set_defaults(program=_diff)

    program = programs.add_parser(
        "reconcile", parents=[common], help="holds planned against actual visits of files, folders or ZIP archives"
    )
    program.add_argument("--tolerance", type=int, default=0, help="minutes by which start and end may each differ")
    program.add_argument("plan", type=Path)
    program.add_argument("actuals", type=Path)
    program.set_defaults(program=_reconcile)
    return parser


def _validate(options: argparse.Namespace) -> int:
    errors = warnings = 0
    unreadable = False
    for path in options.paths:
        try:
            if _is_one_file(path):
                findings = validate(path, tolerant=options.tolerant)
                _say_findings(findings, options)
                errors += sum(finding.severity == "error" for finding in findings)
                warnings += sum(finding.severity == "warning" for finding in findings)
                continue
            with _progress(str(path)) as progress:
                done = validate_all(
                    path,
                    tolerant=options.tolerant,
                    jobs=options.jobs,
                    manifest=options.manifest,
                    each=lambda unit: _say_unit(unit, options),
                    progress=progress,
                )
            errors, warnings = errors + done.errors, warnings + done.warnings
            unreadable = unreadable or done.unreadable > 0
        except (KaigoError, OSError) as error:
            print(f"kaigo: {error}", file=sys.stderr)
            unreadable = True
    if options.format == "text":
        print(f"{errors} errors, {warnings} warnings", file=sys.stderr)
    return 2 if unreadable else int(errors > 0)


def _is_one_file(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() != ".zip"


def _convert(options: argparse.Namespace) -> int:
    if options.to == "care-json":
        return _to_care(options)
    if options.to == "csv" and _is_care_json(options.source):
        return _of_care(options)
    how = {"tolerant": options.tolerant, "gaiji": options.gaiji, "lossless": options.lossless}
    if not _is_one_file(options.source):
        return _convert_all(options, how)
    done = convert(options.source, options.target, to=options.to, kind=options.kind, **how)
    _say_findings([*done.findings, *done.losses], options)
    return int(any(finding.severity == "error" for finding in done.findings))


def _is_care_json(path: Path) -> bool:
    if not _is_one_file(path):
        return False
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        return False
    return isinstance(content, dict) and content.get("format") == "kaigo-care"


def _to_care(options: argparse.Namespace) -> int:
    from . import care

    document, findings = care.read(options.source, tolerant=options.tolerant)
    _say_findings(findings, options)
    if options.lossless and any(finding.code.startswith("care.") for finding in findings):
        return 1
    write_atomically(options.target, document.to_json())
    return int(any(finding.severity == "error" for finding in findings))


def _of_care(options: argparse.Namespace) -> int:
    from . import care
    from .documents import CareDocument

    document = CareDocument.from_json(options.source.read_bytes())
    units, findings = care.write(document, gaiji=options.gaiji)
    _say_findings(findings, options)
    if options.lossless and findings:
        return 1
    Unit([(file.name, file.content) for unit in units for file in unit.files]).save(options.target)
    return 0


def _convert_all(options: argparse.Namespace, how: dict[str, Any]) -> int:
    if options.to is None:
        raise ValueError("a folder needs --to")
    with _progress(str(options.source)) as progress:
        done: BatchSummary = convert_all(
            options.source,
            options.target,
            to=options.to,
            jobs=options.jobs,
            manifest=options.manifest,
            each=lambda unit: _say_unit(unit, options),
            progress=progress,
            **how,
        )
    print(repr(done), file=sys.stderr)
    return 2 if done.unreadable else int(done.failed > 0)


def _say_unit(unit: BatchUnit, options: argparse.Namespace) -> None:
    _say_findings([*unit.findings, *unit.losses], options)
    if unit.error:
        print(f"kaigo: {unit.files[0].path}: {unit.error}", file=sys.stderr)


def _show(options: argparse.Namespace) -> int:
    document = read(options.path, kind=options.kind, tolerant=options.tolerant)
    if options.fields:
        keys = options.fields.split(",")
        fields = [_field(document, int(key) if key.isdecimal() else key) for key in keys]
    else:
        fields = [
            field
            for field in document.record_class.fields
            if any(record.text(field.no) for record in document)
        ]
    rows = document[: options.rows] if options.rows else list(document)
    if options.format == "json":
        for record in rows:
            row = {_name(field, options): _cell(record, field, options) for field in fields}
            print(json.dumps(row, ensure_ascii=False))
    else:
        names = [_name(field, options) for field in fields]
        _table(
            f"{document.kind} {document.kind_ja}",
            names,
            [[_cell(record, field, options) for field in fields] for record in rows],
        )
        hidden = len(document) - len(rows)
        if hidden > 0:
            print(f"… {hidden} more (--rows 0)")
    return 0


def _diff(options: argparse.Namespace) -> int:
    old, new = (read(path, kind=options.kind, tolerant=options.tolerant) for path in (options.old, options.new))
    if old.record_class is not new.record_class:
        raise ValueError(f"{old.kind} and {new.kind} have different records")
    changes = list(_visits(old, new, options) if old.kind != new.kind else _changes(old, new, options))
    if options.format == "json":
        for change in changes:
            print(json.dumps(change, ensure_ascii=False))
    elif changes:
        names = list(dict.fromkeys(name for change in changes for name in change))
        _table(
            f"{options.old.name} → {options.new.name}",
            names,
            [[str(change.get(name, "")) for name in names] for change in changes],
        )
    return int(bool(changes))


def _visits(planned: Document, actual: Document, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Planned against actual: what is not as planned."""
    # A pair of documents of 第6表, whichever of them says that it is planned.
    found = json.loads(reconcile_json(planned[:], actual[:]))
    for client in found.get("clients", ()):
        insured = client["insuredNumber"] if options.show_personal_data else _MASK[options.lang]
        for visit in client.get("visits", ()):
            if visit["outcome"] == "as_planned":
                continue
            sides = [visit.get(side) for side in ("planned", "actual")]
            either = sides[0] or sides[1]
            times = [f"{side['serviceStartTime']}–{side['serviceEndTime']}" if side else "" for side in sides]
            yield {
                "outcome": visit["outcome"],
                "insured_number": insured,
                "service_date": either["serviceDate"],
                "service_code": either["serviceCode"],
                "planned": times[0],
                "actual": times[1],
            }


def _reconcile(options: argparse.Namespace) -> int:
    for path in (options.plan, options.actuals):
        if not path.exists():
            raise FileNotFoundError(f"{path} is not there")
    content = reconcile_json(
        options.plan, options.actuals, tolerance=options.tolerance, tolerant=options.tolerant
    )
    found = json.loads(content)
    if options.format == "json":
        print(json.dumps(found if options.show_personal_data else _masked(found, options), ensure_ascii=False))
    else:
        print(reconciliation_text(content, lang=options.lang, masked=not options.show_personal_data), end="")
    differs = any(total["outcome"] != "as_planned" for total in found.get("outcomes", ()))
    return int(differs or bool(found.get("uncompared")))


def _masked(value: Any, options: argparse.Namespace) -> Any:
    """The same without who the clients are, and without the free text of providers' names."""
    if isinstance(value, dict):
        return {
            name: _MASK[options.lang] if name in ("insuredNumber", "officeName") else _masked(inner, options)
            for name, inner in value.items()
        }
    return [_masked(inner, options) for inner in value] if isinstance(value, list) else value


def _changes(old: Document, new: Document, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Rows that went, came, or changed in some fields."""
    matcher = difflib.SequenceMatcher(a=old[:], b=new[:], autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = min(end - start, new_end - new_start)
        for index in range(pairs):
            before, after = old[start + index], new[new_start + index]
            for field in old.record_class.fields:
                if before.text(field.no) != after.text(field.no):
                    yield {
                        "change": "changed",
                        "old_row": start + index + 1,
                        "new_row": new_start + index + 1,
                        "field": _name(field, options),
                        "old": _cell(before, field, options),
                        "new": _cell(after, field, options),
                    }
        for index in range(start + pairs, end):
            yield {"change": "removed", "old_row": index + 1}
        for index in range(new_start + pairs, new_end):
            yield {"change": "added", "new_row": index + 1}


def _field(document: Document, key: str | int) -> Any:
    """The field that a key names, which the record class knows."""
    for field in document.record_class.fields:
        if key in (field.no, field.name, field.name_json, field.name_ja):
            return field
    raise ValueError(f"no field {key}")


def _name(field: Any, options: argparse.Namespace) -> str:
    return str(field.name_ja if options.lang == "ja" else field.name)


def _cell(record: Record, field: Any, options: argparse.Namespace) -> str:
    text = record.text(field.no)
    if text and field.personal and not options.show_personal_data:
        return _MASK[str(options.lang)]
    label = record.label(field.no)
    return f"{text} {label}" if label and options.format == "text" else text


def _say_findings(findings: Iterable[Finding], options: argparse.Namespace) -> None:
    for finding in findings:
        line = finding.line(options.lang, show_personal_data=options.show_personal_data)
        if options.format == "text":
            print(line)
            continue
        place = {
            "code": finding.code,
            "severity": finding.severity,
            "file": finding.file,
            "kind": finding.kind,
            "row": finding.row,
            "field_no": finding.field_no,
            "field": finding.field,
            "byte": finding.byte,
            "message": finding.message,
        }
        print(json.dumps({name: value for name, value in place.items() if value is not None}, ensure_ascii=False))


def _table(title: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with contextlib.suppress(ImportError):
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(*names, title=title)
        for row in rows:
            # What a file says is not markup.
            table.add_row(*(Text(cell) for cell in row))
        Console().print(table)
        return
    print(title)
    print("\t".join(names))
    for row in rows:
        print("\t".join(row))


@contextlib.contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int | None], object] | None]:
    """What is told of files that are done, and shows them on a terminal."""
    if sys.stderr.isatty():
        with contextlib.suppress(ImportError):
            from rich.console import Console
            from rich.progress import Progress

            with Progress(console=Console(stderr=True)) as bar:
                task = bar.add_task(title)
                yield lambda done, total: bar.update(task, completed=done, total=total)
            return
    yield None
