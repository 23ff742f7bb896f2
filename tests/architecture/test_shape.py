"""The house keeps its shape: sizes, layers, public names. The limits come from the style guide."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import primemover

ROOT = Path(primemover.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_ARGUMENTS = 7  # six, and self


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function that hold code: no docstring, comment or blank."""
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    lines: set[int] = set()
    for statement in body:
        for part in ast.walk(statement):
            if hasattr(part, "lineno"):
                lines.add(part.lineno)
    return len(lines)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_a_page_or_three(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MAX_MODULE_LINES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_function_does_one_thing(path: Path) -> None:
    long = {node.name: code_lines(node) for node in functions(path) if node.body}
    assert {name: count for name, count in long.items() if count > MAX_FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_names_are_listed_sorted_and_real(path: Path) -> None:
    if path.name in {"__init__.py", "__main__.py"}:
        return
    name = ".".join(("primemover", *path.relative_to(ROOT).with_suffix("").parts))
    module = importlib.import_module(name)
    assert hasattr(module, "__all__"), f"{name} has no __all__"
    for exported in module.__all__:
        assert hasattr(module, exported)


def test_every_package_says_what_it_is_for() -> None:
    for package in pkgutil.walk_packages(primemover.__path__, "primemover."):
        if package.ispkg:
            doc = importlib.import_module(package.name).__doc__
            assert doc, package.name
            assert "TODO" not in doc, package.name


def test_the_layers_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run(
        [str(linter), "--no-cache"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT.parents[1],
    )
    assert result.returncode == 0, result.stdout


def test_the_core_imports_fast_and_without_heavy_engines() -> None:
    probe = (
        "import sys, time; t = time.perf_counter();"
        "import primemover.model.assessment, primemover.signal.smooth;"
        "import primemover.kinematics.planar;"
        "heavy = {'openvino', 'av', 'cv2', 'matplotlib', 'jinja2', 'mediapipe'} & set(sys.modules);"
        "print(sorted(heavy), time.perf_counter() - t)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", probe], check=True, capture_output=True, text=True
    ).stdout
    assert shown.startswith("[] ")
    assert float(shown.split()[-1]) < 1.5
