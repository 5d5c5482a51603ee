"""`make check`: style, types, import contracts, layout, dialogue data, fast tests; a minute or two."""

import shutil
import subprocess
import sys
from pathlib import Path

from deploy import build, lexicons
from deploy.install import step
from deploy.instance import BUILD, ROOT

TOOLS = Path(sys.executable).parent
ENDPOINTS = BUILD / "no-endpoints.yml"  # tests of the dialogue call nobody


def main() -> int:
    """Run every check, and say at the end which ones failed."""
    checks = {
        "ruff": [str(TOOLS / "ruff"), "check"],
        "format": [str(TOOLS / "ruff"), "format", "--check"],
        "mypy": [str(TOOLS / "mypy")],
        "mypy of bot/components": [
            str(TOOLS / "mypy"),
            "--python-executable",
            build.bot_python(),
            "--python-version",
            "3.10",
            "--config-file",
            "bot/components/mypy.ini",
            "bot/components",
        ],
        "import contracts": [str(TOOLS / "lint-imports")],
        "fast tests": [sys.executable, "-m", "pytest", "tests/unit", "tests/layout"],
    }
    failed = [name for name, command in checks.items() if not passes(name, command)]
    lexicons.build(build.LEXICONS)
    try:
        data()
    except build.BuildError as error:
        print(error)
        failed.append("rasa data validate")
    print(f"failed: {', '.join(failed)}" if failed else "every check passes")
    return bool(failed)


def passes(name: str, command: list[str]) -> bool:
    """Run one check."""
    step(name)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def data() -> None:
    """Have Rasa validate its domain, rules and sentences."""
    rasa("data", "validate", "--config", "bot/config.yml", "--domain", "bot/domain", "--data", "bot/rules", "nlu_data")


def conversations(model: Path) -> None:
    """Have Rasa play the conversations of tests/conversations on people's own words."""
    ENDPOINTS.write_text("{}\n")
    report = BUILD / "conversations"
    shutil.rmtree(report, ignore_errors=True)
    rasa(
        "test",
        "core",
        "--e2e",
        "--model",
        str(model),
        "--stories",
        "tests/conversations",
        "--endpoints",
        str(ENDPOINTS),
        "--out",
        str(report),
    )
    failed = (report / "failed_test_stories.yml").read_text()
    if "stories:" in failed:
        raise build.BuildError(f"conversations that went another way:\n{failed}")


def rasa(*arguments: str) -> None:
    """Run a Rasa command, showing what it printed only if it failed."""
    step(f"rasa {' '.join(arguments[:2])}")
    command = [build.bot_python(), "-W", "ignore", "-m", "rasa", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=build.bot_environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise build.BuildError(f"rasa {' '.join(arguments[:2])} failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")


if __name__ == "__main__":
    sys.exit(main())
