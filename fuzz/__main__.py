"""Fuzz one target: ``python -m fuzz TARGET [--seconds N] [--plain]``.

With atheris where it is installed, guided by what the input makes the code do; else by mutation
alone. Each input has 20 seconds and the process two gigabytes. What fails is kept in build/fuzz.
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

KEPT = Path("build/fuzz")
SECONDS = 20
MEMORY = 2 << 30


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    (KEPT / given.target).mkdir(parents=True, exist_ok=True)
    if not given.plain and _guided(given.target, given.seconds, given.seed):
        return 0
    return _plain(given.target, given.seconds, given.seed)


def _corpus(target: str) -> Path:
    return Path(__file__).parent / "corpus" / target


def _guided(target: str, seconds: int, seed: int) -> bool:
    """Fuzz with atheris; it ends the process itself. Return false where it is not installed."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: mutating without guidance", file=sys.stderr)
        return False
    from fuzz.mutators import mutated

    with atheris.instrument_imports(include=["resamend"]):
        from fuzz.targets import TARGETS

        for first in sorted(_corpus(target).iterdir()):  # loads what is loaded when first used
            TARGETS[target](first.read_bytes())

    def mutate(data: bytes, most: int, dice: int) -> bytes:
        random = Random(dice)
        if random.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return mutated(data, random)[:most]

    arguments = [
        "fuzz", str(KEPT / target), str(_corpus(target)), f"-max_total_time={seconds}",
        f"-timeout={SECONDS}", "-rss_limit_mb=2048", "-max_len=40000", f"-seed={seed % (1 << 31)}",
        f"-artifact_prefix={KEPT / target}-failed-", "-print_final_stats=1", "-verbosity=1",
        "-close_fd_mask=0",
    ]  # fmt: skip
    atheris.Setup(arguments, TARGETS[target], custom_mutator=mutate)
    atheris.Fuzz()
    return True


def _plain(target: str, seconds: int, seed: int) -> int:
    """Mutate the seeds until the time is over; stop at the first failure."""
    from fuzz.mutators import mutated
    from fuzz.targets import TARGETS

    if resource.getrlimit(resource.RLIMIT_AS)[1] == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    dice = Random(seed)
    seeds = [path.read_bytes() for path in sorted(_corpus(target).iterdir())]
    found: list[bytes] = []
    until, tried = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        data = mutated(dice.choice(found if found and dice.random() < 0.3 else seeds), dice)
        if not _survives(TARGETS[target], data):
            path = KEPT / f"{target}-failed-{seed}-{tried}"
            path.write_bytes(data)
            print(f"{target}: input {tried} failed, kept in {path}", file=sys.stderr)
            return 1
        tried += 1
        if len(data) < 100_000 and dice.random() < 0.01:
            found = [*found[-30:], data]
    print(f"{target}: {tried} inputs, no failure (seed {seed})")
    return 0


def _survives(target: Callable[[bytes], None], data: bytes) -> bool:
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(SECONDS)
    try:
        target(data)
    except Exception:
        traceback.print_exc()
        return False
    finally:
        signal.alarm(0)
    return True


def _late(_signal: int, _frame: object) -> None:
    raise TimeoutError(f"more than {SECONDS} seconds")


if __name__ == "__main__":
    sys.exit(main())
