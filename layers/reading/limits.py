"""What a process that reads a file from outside may take: memory, time of the processor, time on the clock."""

import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from typing import Any

OUT_OF_MEMORY: tuple[str, ...] = (
    *("MemoryError", "bad_alloc", "malloc of size", "realloc of size", "Out of memory", "not enough memory"),
    *("failed to map segment", "Cannot allocate memory"),  # before a program has even begun
    "Memory allocation still failed",  # OpenBLAS, which ends the process by itself
)
CRASHES = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS)  # which is how libraries in C meet the end of memory
TOO_LONG = "Berkas ini terlalu lama dibaca, jadi dihentikan. Bagi menjadi beberapa berkas yang lebih kecil."
TOO_LARGE = "Berkas ini memerlukan terlalu banyak memori bila dibuka, atau rusak. Bagi menjadi beberapa berkas."


@dataclass(frozen=True)
class Limits:
    """The most that a process may take: bytes of memory, seconds of the processor, seconds on the clock."""

    memory_bytes: int
    cpu_s: int
    clock_s: float

    def passed(self, status: int | None, said: str) -> str:
        """Say in words which limit ended a process with an exit status and last words; "" where none did."""
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return TOO_LONG
        if status and (status in CRASHES or any(word in said for word in OUT_OF_MEMORY)):
            return TOO_LARGE
        return ""


@contextmanager
def held(process: "subprocess.Popen[Any]", limits: Limits) -> Iterator[None]:
    """Hold a process that has just been started to its limits; one that the clock has overtaken is killed."""
    try:
        _lower(process.pid, resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes)
        _lower(process.pid, resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + 1)
        _lower(process.pid, resource.RLIMIT_CORE, 0, 0)
    except ProcessLookupError:
        pass  # it has ended already
    clock = Timer(limits.clock_s, process.kill)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _lower(pid: int, what: int, soft: int, hard: int) -> None:
    """Hold a process to less than it may take already: no one may be given more than who starts it has."""
    given = resource.prlimit(pid, what)[1]
    least = (soft, hard) if given == resource.RLIM_INFINITY else (min(soft, given), min(hard, given))
    resource.prlimit(pid, what, least)
