"""What was measured, as tables and rows of text for the terminal."""

from collections.abc import Iterable, Sequence
from math import log10
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tests.bench.costs import Grouping, Insertion, Restart
from tests.bench.plot import Line, Panel
from tests.bench.quality import Grouper, Hits, Quality

BAR_CELLS: Final = 36
NOT_MEASURED: Final = "not measured: datasketch is not installed; pip install datasketch"


def grouping_table(rows: Sequence[Grouping]) -> Table:
    """What a batch costs; the last column compares the cost of a text with the smallest batch's."""
    table = numbers_table(
        "Grouping a batch, beside cdist(token_set_ratio) of all pairs",
        "n",
        "CPU s",
        "wall s",
        "µs/text",
        "peak MB",
        "groups",
        "brute CPU s",
        "ratio",
        "to smallest n",
    )
    for row in rows:
        table.add_row(
            f"{row.n:,}",
            f"{row.cpu_s:,.2f}",
            f"{row.wall_s:,.2f}",
            f"{row.us_per_text:,.0f}",
            f"{row.peak_mb:,.0f}",
            f"{row.clusters:,}",
            f"{row.brute_cpu_s:,.1f}",
            f"{row.ratio:,.1f}",
            f"{row.us_per_text / rows[0].us_per_text:.2f}",
        )
    return table


def insertion_table(rows: Iterable[Insertion]) -> Table:
    """What one look-up with insertion costs."""
    table = numbers_table(
        "Looking up and adding one text, beside extractOne(token_set_ratio)",
        "n",
        "build s",
        "mean ms",
        "p50 ms",
        "p99 ms",
        "brute ms",
        "ratio",
        "best found",
    )
    for row in rows:
        times = (row.mean_s, row.p50_s, row.p99_s, row.brute_s)
        table.add_row(
            f"{row.n:,}",
            f"{row.build_s:,.2f}",
            *(f"{seconds * 1000:,.2f}" for seconds in times),
            f"{row.ratio:,.1f}",
            f"{row.found}/{row.looked_for}",
        )
    return table


def restart_table(rows: Iterable[Restart]) -> Table:
    """How long a process that starts waits for its index."""
    table = numbers_table("Index rebuilt on starting", "n", "CPU s", "wall s", "peak MB")
    for row in rows:
        table.add_row(f"{row.n:,}", f"{row.cpu_s:,.2f}", f"{row.wall_s:,.2f}", f"{row.peak_mb:,.0f}")
    return table


def quality_table(rows: Iterable[Quality], unmeasured: Iterable[Grouper]) -> Table:
    """How well each grouped; a rival stands at the threshold that is best for it."""
    table = numbers_table(
        "Quality on labelled sentences",
        "",
        "at",
        "pair P",
        "pair R",
        "pair F1",
        "B³ multi",
        "traps",
        "mrpc R",
        "largest",
        "CPU s",
    )
    for row in rows:
        shares = (row.pair_p, row.pair_r, row.pair_f1, row.b3_multi, row.trap_merged, row.mrpc_recall)
        table.add_row(
            row.grouper.value,
            "" if row.threshold is None else f"{row.threshold:g}",
            *(f"{share:.3f}" for share in shares),
            f"{row.largest}",
            f"{row.cpu_s:,.1f}",
        )
    left_out = list(unmeasured)
    for grouper in left_out:
        table.add_row(grouper.value, *["–"] * 9)
    table.caption = NOT_MEASURED if left_out else None
    return table


def hits_table(rows: Iterable[Hits]) -> Table:
    """How often a tweet finds the checked claim that it repeats."""
    table = numbers_table("Checked claims found", "", "hit 1", "hit 5")
    for row in rows:
        table.add_row(row.finder.value, f"{row.hit_1:.3f}", f"{row.hit_5:.3f}")
    return table


def numbers_table(title: str, *names: str) -> Table:
    """A table without rows; columns that have a name hold numbers, which end at one edge."""
    table = Table(title=f"\n{title}", title_justify="left", caption_justify="left", box=None, pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    return table


def cost_rows(panels: Sequence[Panel], title: str) -> RenderableType:
    """The plot as rows of text: a bar for each cost, as long as its logarithm."""
    costs = [cost for panel in panels for line in panel.lines for _, cost in line.points]
    least, most = log10(min(costs)) - 1, log10(max(costs))
    rows: list[Text] = [Text(f"\n{title}; bars are logarithmic", style="italic")]
    for panel in panels:
        rows.append(Text(panel.title))
        for line in panel.lines:
            rows += [bar_row(line, n, cost, (log10(cost) - least) / (most - least)) for n, cost in line.points]
    return Group(*rows)


def bar_row(line: Line, n: int, cost: float, share: float) -> Text:
    """One cost with its bar, which is filled for ours."""
    bar = ("█" if line.is_ours else "░") * max(1, round(share * BAR_CELLS))
    return Text(f"  {line.name:<12} {n:>9,} {cost:>11,.0f} {bar}")
