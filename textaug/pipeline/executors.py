"""Executors hand parts to one function, on threads or on processes; they never change a byte."""

import multiprocessing
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import (
    FIRST_EXCEPTION,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Protocol

from textaug.errors import DataError
from textaug.pipeline.counts import Counts
from textaug.pipeline.job import Part, Task
from textaug.pipeline.parts import Done, Progress, run_part
from textaug.pipeline.target import Target
from textaug.pipeline.work import work_of

ATTEMPTS = 3  # how often workers may be killed before a run gives up


class Executor(Protocol):
    """Runs parts in any order, anywhere; `progress` is called as work gets done."""

    def __call__(self, parts: Sequence[Part], job: Task, target: Target, progress: Progress) -> list[Done]:
        """Run all the parts, or raise the first error."""


class Stopped(Exception):
    """Another part has failed, or the user wants to end."""


def pick(job: Task, workers: int) -> Executor:
    """Choose threads where the kernels release the GIL, processes for what is written in Python."""
    if workers == 1:
        return serial
    return partial(threads if work_of(job).native else processes, workers)


def serial(parts: Sequence[Part], job: Task, target: Target, progress: Progress) -> list[Done]:
    """Run one part after the other, here."""
    return [run_part(part, job, target, progress) for part in parts]


def threads(workers: int, parts: Sequence[Part], job: Task, target: Target, progress: Progress) -> list[Done]:
    """Run parts on threads of this process."""
    stop, one_at_a_time = threading.Event(), threading.Lock()

    def report(counts: Counts) -> None:
        if stop.is_set():
            raise Stopped
        with one_at_a_time:
            progress(counts)

    with ThreadPoolExecutor(workers, "textaug") as pool:
        spare = len(parts) < workers  # cores that no part has
        futures = [pool.submit(run_part, part, job, target, report, overlap=spare) for part in parts]
        try:
            return _results(futures)
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)


def processes(workers: int, parts: Sequence[Part], job: Task, target: Target, progress: Progress) -> list[Done]:
    """Run parts on spawned processes; where one is killed, the pool is built again and the rest goes on."""
    done: dict[int, Done] = {}
    for _ in range(ATTEMPTS):
        left = [part for part in parts if part.index not in done]
        try:
            _process_round(workers, left, job, target, progress, done)
            return [done[part.index] for part in parts]
        except BrokenProcessPool:
            continue
    raise DataError(f"workers were killed {ATTEMPTS} times; is memory short? Go on with --resume and fewer --workers")


def _process_round(
    workers: int, parts: Sequence[Part], job: Task, target: Target, progress: Progress, done: dict[int, Done]
) -> None:
    others = multiprocessing.active_children()
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(max(1, min(workers, len(parts))), context, _ignore_interrupts)
    try:
        for future in as_completed([pool.submit(run_part, part, job, target, _silent) for part in parts]):
            result = future.result()
            done[result.index] = result
            progress(result.counts)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            if process not in others:
                process.terminate()
        raise
    pool.shutdown()


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the main process, which ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _silent(counts: Counts) -> None:
    """Report nothing: a worker's progress is told when its part is done."""


def _results(futures: "Sequence[Future[Done]]") -> list[Done]:
    """Wait for all, or for the first failure, and raise that."""
    finished, _ = wait(futures, return_when=FIRST_EXCEPTION)
    for future in finished:
        error = future.exception()
        if error is not None and not isinstance(error, Stopped):
            raise error
    return [future.result() for future in futures]
