"""What README and examples show runs as it stands."""

import re
import runpy
import shutil

import nbclient
import nbformat
import pytest
from conftest import FILES, OUTBOX, PLAN, ROOT

EXAMPLES = ROOT / "examples/python"


@pytest.mark.parametrize("readme", ["README.md", "kaigo-py/README.md"])
def test_what_the_readme_shows_runs(readme, tmp_path, monkeypatch, capsys):
    for path in FILES:
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    snippets = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.S)
    assert snippets
    names = {}
    for snippet in snippets:
        exec(snippet, names)
    assert "2026-07-01" in capsys.readouterr().out


def run(name, *arguments, monkeypatch):
    monkeypatch.setattr("sys.argv", [name, *map(str, arguments)])
    runpy.run_path(str(EXAMPLES / name), run_name="__main__")


def test_examples_run(tmp_path, monkeypatch, capsys, sandbox):
    run("first.py", PLAN, monkeypatch=monkeypatch)
    assert "2026-07-01    2621 units" in capsys.readouterr().out
    run("actuals.py", PLAN.parent, tmp_path, monkeypatch=monkeypatch)
    *names, moved, cancelled = capsys.readouterr().out.splitlines()
    assert [name[:24] for name in names] == ["UPJSK_202607_1373350030_"] * 2
    assert [moved, cancelled] == ["changed 2026-07-01", "cancelled 2026-07-05"]
    assert all((tmp_path / name).exists() for name in names)
    run("home_modification.py", ROOT / "examples/data/questions/home_modification.json", monkeypatch=monkeypatch)
    assert capsys.readouterr().out.splitlines()[-1] == "insurer 72000, person 8000, over 70000"
    url, data = sandbox
    run("transfer.py", url, data, OUTBOX / "plan", monkeypatch=monkeypatch)
    assert "sent 20260625093735" in capsys.readouterr().out
    run("outbox.py", url, data, tmp_path / "outbox", OUTBOX / "monthly", monkeypatch=monkeypatch)
    assert capsys.readouterr().out.splitlines() == ["<OutboxRun 1 sent, 0 refused, 0 again>", "1 sent 1373350030 "]
    run("outbox.py", url, data, tmp_path / "outbox", monkeypatch=monkeypatch)
    assert capsys.readouterr().out.splitlines() == ["<OutboxRun 0 sent, 0 refused, 0 again>"]


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs_and_plots():
    notebook = nbformat.read(EXAMPLES / "planned_and_actual.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert any("cancelled" in output.get("data", {}).get("text/plain", "") for output in outputs)
