"""Starts brains by fork with everything imported, in a tenth of the time of a new process."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from pathlib import Path

from tests.endurance import brain
from tests.endurance.fault_injection import mortal


def preload(*, real: bool) -> None:
    """Import the modules of a brain before the first fork. Starts no thread."""
    import chromadb  # noqa: F401

    import proactive_tui.brain.app  # noqa: F401

    if real:
        import sentence_transformers  # noqa: F401


class Forked:
    """A forked child process that runs the brain; the pipes are those of `subprocess.Popen`.

    With `statements` the child kills itself before that writing statement, see `mortal`.
    """

    def __init__(self, log: Path, folder: Path, *, real: bool = False, statements: int = 0) -> None:
        asks, to = os.pipe()
        out, tells = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            _be(asks, tells, (to, out), log, folder, real=real, statements=statements)
        os.close(asks)
        os.close(tells)
        self.stdin = os.fdopen(to, "wb", buffering=0)
        self.stdout = os.fdopen(out, "rb", buffering=0)
        self._status: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; returns the exit status, or the negative number of a signal. Raises TimeoutError."""
        deadline = time.monotonic() + (timeout or 60.0)
        while self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > deadline:
                raise TimeoutError(f"process {self.pid} does not end")
            else:
                time.sleep(0.002)
        return self._status

    def kill(self) -> None:
        """Kill the child if it was not waited for yet."""
        if self._status is None:
            os.kill(self.pid, signal.SIGKILL)


def _be(
    asks: int, tells: int, others: tuple[int, ...], log: Path, folder: Path, *, real: bool, statements: int
) -> None:
    """Run the brain in this process; never returns."""
    status = 70
    try:
        os.setsid()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        errors = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for descriptor, place in ((asks, 0), (tells, 1), (errors, 2)):
            os.dup2(descriptor, place)
        for descriptor in (asks, tells, errors, *others):
            os.close(descriptor)
        sys.stdin = os.fdopen(0, "r")
        sys.stderr = os.fdopen(2, "w")
        if statements:
            mortal(statements)
        brain.main(folder, real=real)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - the process ends here
        traceback.print_exc()
    finally:
        os._exit(status)
