"""`make test`: builds what tests need, then every test, dialogue and full stack included."""

import subprocess
import sys
import time

from deploy import build
from deploy.check import conversations, data
from deploy.install import step
from deploy.instance import ROOT


def main() -> int:
    """Run everything; the exit code is that of the first kind of test that failed."""
    started = time.monotonic()
    build.keep_vectors()
    model = build.train()
    data()
    conversations(model)
    done = subprocess.run([sys.executable, "-m", "pytest"], cwd=ROOT, check=False)
    step(f"tests took {time.monotonic() - started:.0f} s")
    return done.returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (build.BuildError, subprocess.CalledProcessError) as error:
        sys.exit(f"piste: {error}")
