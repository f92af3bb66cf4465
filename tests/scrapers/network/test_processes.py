"""Processes that ask one host keep its pause together, and are stopped while they wait for it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import count, pairwise
from pathlib import Path
from socket import socket

from tests.scrapers.site import Site, answer
from tests.stopwatch import Stopwatch

# It says that it is ready, and begins when it is told to.
CLAIMLINE = [sys.executable, "-c", "from web.cli import main; print(flush=True); input(); main()"]
DELAY_S = 0.6
PARAGRAPHS = (
    "The union of the ferries said on Monday that nobody had asked it about the night shifts of the winter timetable.",
    "The harbour office answers that both piers were open to all, and that letters had gone out in the spring already.",
)
STORY = "<html lang='en'><title>Night shifts, part {0}</title><h1>Night shifts, part {0}</h1>" + "".join(
    f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS
)


def ingesting(home: Path, database_url: str, urls: list[str]) -> subprocess.Popen[str]:
    """A process that takes in stories once it is told to."""
    settings = {"CLAIMLINE_HOME": str(home), "CLAIMLINE_DATABASE_URL": database_url, "CLAIMLINE_MODELS": "off"}
    environment = os.environ | settings | {"CLAIMLINE_ALLOW_HOSTS": "127.0.0.1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen([*CLAIMLINE, "ingest", *urls], env=environment, text=True, **pipes)
    process.stdout.readline()
    return process


def test_two_processes_keep_a_crawl_delay_together(database_url: str, tmp_path: Path) -> None:
    asked_at_s: list[float] = []
    both_ask = threading.Barrier(2)

    def telling() -> Callable[[socket], None]:
        """What answers one process: its first page once the other has asked for one too."""
        numbers = count()

        def tell(connection: socket) -> None:
            asked_at_s.append(time.monotonic())
            story = answer(STORY.format(len(asked_at_s)))
            if next(numbers) == 0:
                both_ask.wait(timeout=60)
            connection.sendall(story)

        return tell

    with Site() as site:
        site.serve("/robots.txt", f"User-agent: *\nCrawl-delay: {DELAY_S}")
        pages = [[f"/{process}/{number}" for number in range(4)] for process in "ab"]
        for paths in pages:
            site.pages |= dict.fromkeys(paths, telling())
        running = [ingesting(tmp_path, database_url, [site.url + path for path in paths]) for paths in pages]
        for process in running:
            process.stdin.write("\n")
            process.stdin.flush()
        told = [process.communicate(timeout=90)[1] for process in running]

    assert ["4 read: " in line and " 0 failed" in line for line in told] == [True, True], told
    assert sorted(site.asked) == sorted((*pages[0], *pages[1]))
    assert {path[1] for path in site.asked[:2]} == {"a", "b"}, "the two did not run at the same time"
    assert min(after - before for before, after in pairwise(asked_at_s)) > DELAY_S - 0.1


def test_ctrl_c_ends_an_ingest_whose_threads_wait_for_their_turn(sqlite_url: str, tmp_path: Path) -> None:
    with Site() as site:
        site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 2")
        links = "".join(f"<item><title>A story</title><link>{site.url}/{number}</link></item>" for number in range(4))
        feed = f"<rss version='2.0'><channel><title>x</title>{links}</channel></rss>"
        running = ingesting(tmp_path, sqlite_url, [site.serve("/feed", feed, "Content-Type: application/rss+xml")])
        running.stdin.write("\n")
        running.stdin.flush()
        while "/feed" not in site.asked:
            time.sleep(0.05)
        time.sleep(0.5)

        with Stopwatch() as watch:
            running.send_signal(signal.SIGINT)
            told = running.communicate(timeout=90)[1]

    assert (site.asked, "0 read: " in told) == (["/feed"], True), told
    assert watch.own_s < 4
