"""The plot: positions on logarithmic scales, names that do not touch, and a picture that says what it shows."""

from xml.etree import ElementTree

from tests.bench.plot import Line, Panel, Scale, cost_plot, label_heights, power_of_ten, scale

SVG = "{http://www.w3.org/2000/svg}"
PANEL = Panel(
    "Grouping <all>",
    (Line("Claimline", True, ((1_000, 500.0), (10_000, 800.0))), Line("brute force", False, ((1_000, 900.0),))),
)


def test_a_scale_runs_between_the_powers_of_ten_around_its_values() -> None:
    assert scale([487.0, 12_908.0], 300, 0) == Scale(2, 5, 300, 0)
    assert scale([1_000.0], 0, 300) == Scale(3, 4, 0, 300)


def test_equal_ratios_are_equal_distances() -> None:
    course = Scale(2, 5, 300, 0)

    assert [course.at(value) for value in (100, 1_000, 10_000, 100_000)] == [300, 200, 100, 0]


def test_every_line_has_a_course_dots_and_its_name() -> None:
    drawn = ElementTree.fromstring(cost_plot([PANEL], "Cost", "n", "CPU µs"))

    groups = drawn.findall(f"{SVG}g")

    assert [group.findtext(f"{SVG}text") for group in groups] == ["Claimline", "brute force"]
    assert [group.get("class") for group in groups] == ["ours", "theirs"]
    assert [len(group.findall(f"{SVG}circle")) for group in groups] == [2, 1]
    assert drawn.get("aria-label") == (
        "Cost. Grouping <all>, Claimline: 500 at 1,000, 800 at 10,000; Grouping <all>, brute force: 900 at 1,000."
    )


def test_names_at_one_height_are_moved_apart() -> None:
    lines = [Line(name, False, ((100, cost),)) for name, cost in (("low", 100.0), ("high", 104.0), ("far", 1_000.0))]

    assert label_heights(lines, Scale(2, 3, 100, 0)) == [114.3, 98.3, 0.0]


def test_powers_of_ten_are_written_for_people() -> None:
    assert [power_of_ten(power) for power in (-1, 0, 3, 6)] == ["10⁻¹", "1", "1,000", "10⁶"]
