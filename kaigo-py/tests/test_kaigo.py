"""The package as a user meets it, on files of another writer."""

import pathlib
import re
import shutil

import pytest

import kaigo

ROOT = pathlib.Path(__file__).parents[2]
FILES = sorted((ROOT / "examples/data/outbox").glob("*/*.CSV"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_read_without_a_finding_and_write_back(path, tmp_path):
    doc = kaigo.read(path)
    assert doc.findings == []
    assert len(doc) > 0 and path.name.startswith(doc.kind)
    for name in ("copy.CSV", "copy.json"):
        kaigo.write(doc, tmp_path / name)
        assert kaigo.read(tmp_path / name, kind=doc.kind).to_csv() == path.read_bytes()


def test_bytes_and_open_files_need_their_kind():
    path = FILES[0]
    assert kaigo.read(path.read_bytes(), kind="UPHOSOKU").kind == "UPHOSOKU"
    with open(path, "rb") as file:
        assert len(kaigo.read(file, kind="UPHOSOKU")) == len(kaigo.read(path))
    with pytest.raises(ValueError):
        kaigo.read(path.read_bytes())


def test_findings_have_places_and_mask_people():
    row = b"202407,092015,12345678X0,20260230\r\n"
    number, date = kaigo.read(row, kind="DLT1KYO").findings
    assert (number.code, number.severity, number.row, number.field_no, number.byte) == ("field.alnum", "error", 1, 3, 14)
    assert "12345678X0" not in repr(number) + number.message + number.message_ja
    assert (date.code, date.kind, date.field_no) == ("field.date", "DLT1KYO", 4)


def test_errors_are_told_apart(tmp_path):
    with pytest.raises(FileNotFoundError):
        kaigo.read(tmp_path / "UP1KYO.CSV")
    with pytest.raises(kaigo.KaigoError) as caught:
        kaigo.read(b'{"standard":')
    assert caught.value.args[1] == "json.cut_off"


@pytest.mark.parametrize("readme", ["README.md", "kaigo-py/README.md"])
def test_what_the_readme_shows_runs(readme, tmp_path, monkeypatch, capsys):
    for path in FILES:
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    snippets = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.S)
    assert snippets
    for snippet in snippets:
        exec(snippet, {})
    assert "2026-07-01" in capsys.readouterr().out
