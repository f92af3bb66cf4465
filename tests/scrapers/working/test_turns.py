"""Turns are taken in the order of asking."""

import time
from threading import Thread

from scrapers.working.turns import Turns


def test_who_waited_longest_is_next_even_before_one_who_just_had_a_turn() -> None:
    turns = Turns()
    order: list[str] = []

    def take(name: str) -> None:
        with turns:
            order.append(name)

    turns.acquire()
    waiting = [Thread(target=take, args=(name,)) for name in "abc"]
    for thread in waiting:
        thread.start()
        time.sleep(0.02)
    turns.release()
    take("again")
    for thread in waiting:
        thread.join()

    assert order == ["a", "b", "c", "again"]


def test_waiting_for_a_turn_may_have_an_end() -> None:
    turns = Turns()
    turns.acquire()

    assert not turns.acquire(timeout_s=0.01)
