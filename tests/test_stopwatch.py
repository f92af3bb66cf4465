"""The stopwatch of the tests: what the machine withheld is not counted, what we did ourselves is."""

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.stopwatch import Computing, Stopwatch, cpu_s

ROOT = Path(__file__).parents[1]
NAPPING = """
import time
from tests.stopwatch import Stopwatch
with Stopwatch() as watch:
    print("begun", flush=True)
    for _ in range(30):
        time.sleep(0.01)
print(watch.passed_s, watch.own_s)
"""


def test_seconds_in_which_the_machine_let_nobody_go_on_are_not_counted() -> None:
    with subprocess.Popen([sys.executable, "-c", NAPPING], cwd=ROOT, stdout=subprocess.PIPE, text=True) as napping:
        assert napping.stdout is not None
        napping.stdout.readline()
        os.kill(napping.pid, signal.SIGSTOP)
        time.sleep(1.0)
        os.kill(napping.pid, signal.SIGCONT)
        passed_s, own_s = map(float, napping.stdout.read().split())

    assert passed_s >= 1.0
    assert own_s < 0.7


def test_seconds_of_waiting_and_of_computing_are_counted() -> None:
    with Stopwatch() as waiting:
        time.sleep(0.3)
    with Stopwatch() as computing:
        ends_s = time.process_time() + 0.3
        while time.process_time() < ends_s:
            pass

    assert waiting.passed_s >= waiting.own_s > 0.2
    assert computing.own_s > 0.2


def test_what_others_left_is_not_walked_through_while_computing_is_counted() -> None:
    with Computing() as computing:
        assert not gc.isenabled()
        sum(range(3_000_000))

    assert gc.isenabled()
    assert computing.cpu_s > 0.01


def test_of_three_times_the_quickest_counts() -> None:
    ends_s = iter([0.3, 0.0, 0.2])

    def compute() -> None:
        until_s = time.process_time() + next(ends_s)
        while time.process_time() < until_s:
            pass

    assert cpu_s(compute) < 0.1
