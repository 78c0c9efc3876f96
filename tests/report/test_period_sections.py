"""The sections on periods and years, and who moved sales: what stands in them, and when."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit.report import show
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import CUSTOMERS, MONTHS, SHARE, Fact, Facts, count
from toolkit.report.sections.level import AHEAD, _description, coming, level_chart
from toolkit.report.sections.periods import _inflow, level_key
from toolkit.report.sections.sales_groups import _finding
from toolkit.report.sections.years import compared
from toolkit.report.style import drawing
from toolkit.words import LANGUAGES, Words

EN = Words("en")


@pytest.fixture(scope="module")
def page(client):
    """`page(name, section)`: the English section, parsed."""

    def parsed(name, section):
        made = getattr(show, section)(client(name).book)
        return BeautifulSoup(str(made.html["en"]), "html.parser")

    return parsed


def rows(table):
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tr")]


def number(text):
    return int(text.replace(",", ""))


def test_the_layers_of_the_year_add_up_in_the_table(page):
    table = page("sample", "periods").find(id="periods-layers").table
    body = rows(table)[1:]
    assert [row[0] for row in body] == [
        *(EN[f"layer.{name}"] for name in ("first", "fledgling", "steady", "burst", "prime")),
        EN["periods.all_layers"],
    ]
    counts = [[number(cell) for cell in row[1:]] for row in body]
    for opening, new, returned, moved_in, moved_out, lost, closing in counts:
        assert opening + new + returned + moved_in - moved_out - lost == closing
    assert counts[-1] == [sum(column) for column in zip(*counts[:-1], strict=True)]
    assert counts[-1][3] == counts[-1][4]


def test_long_tables_open_on_demand_and_begin_with_the_newest(page, client):
    section = page("sample", "periods")
    tables = [section.find(id="periods-quarters").table]
    tables += section.select("details.more > .scroll > table")
    book = client("sample").book
    quarters, years = book.bucket_statement("quarter"), book.bucket_statement("year")
    assert [len(rows(table)) - 1 for table in tables] == [
        len(quarters),
        len(years),
        5 * len(years),
    ]
    assert rows(tables[0])[1][0] == quarters.period.iloc[-1]
    assert [row[0] for row in rows(tables[2])[1:6]] == [f"year to {book.closing}"] * 5


def test_the_latest_quarters_and_months_of_the_layers_open_on_demand(page, client):
    section, book = page("sample", "periods"), client("sample").book
    parts = section.select("details.more > details")
    assert [part.summary.get_text() for part in parts] == [
        EN.say("periods.layer_quarters", n=8),
        EN.say("periods.layer_months", n=12),
    ]
    flows = ["opening", "new", "returned", "moved_in", "moved_out", "lost", "closing"]
    for part, span, n in zip(parts, ("quarter", "month"), (8, 12), strict=True):
        body, whole = rows(part.table)[1:], book.layer_statement(span)
        assert len(body) == 5 * n and body[0][0] == whole.period.iloc[-1]
        assert [row[1] for row in body[:5]] == [row[1] for row in body[5:10]]
        newest = whole.tail(5)[flows].to_numpy().tolist()
        assert [[number(cell) for cell in row[2:9]] for row in body[:5]] == newest
        for row in body:
            opening, new, returned, came, went, lost, closing = map(number, row[2:9])
            assert opening + new + returned + came - went - lost == closing
    assert "tables/layer_statement.csv" in section.get_text()


def test_a_short_file_has_the_layers_of_the_months_it_has(page):
    parts = page("half a year", "periods").select("details.more > details")
    assert parts[1].summary.get_text() == EN.say("periods.layer_months", n=6)
    assert len(rows(parts[1].table)) == 1 + 5 * 6
    assert page("no amounts", "periods").select("details.more > details") == []


def test_the_hole_of_a_year_has_a_heading_of_its_own(page):
    heads = [
        [head.get_text() for head in table.thead.find_all("th")]
        for table in page("sample", "periods").find_all("table")
        if table.caption.get_text() in (EN["periods.years_caption"], EN["periods.quarters_caption"])
    ]
    quarters, years = heads
    assert EN["column.hole"] in quarters and EN["column.hole_of_year"] not in quarters
    assert EN["column.hole_of_year"] in years and EN["column.hole"] not in years


def test_the_level_ahead_closes_on_where_it_settles(client):
    book = client("sample").book
    found, months = book.settling_level(), book.bucket_statement("month")
    ahead = coming(months[["period", "closing"]], found)
    assert len(ahead) == AHEAD
    gaps = [abs(found["level"] - value) for value in (found["active"], *ahead.closing)]
    assert all(later < earlier for earlier, later in zip(gaps, gaps[1:], strict=False))
    # one month on: what is left of the level plus what comes in
    first = found["active"] * (1 - found["hole"]) + found["inflow"]
    assert ahead.closing.iloc[0] == pytest.approx(first)


@pytest.mark.parametrize("line", [1, 7])
def test_with_a_line_under_a_month_nothing_settles_and_the_reason_is_told(client, line):
    book = client("sample", lapse_days=line).book
    assert book_facts(book)["level.settles"].why == "lost_within_a_month"
    for language in LANGUAGES:
        section = BeautifulSoup(str(show.periods(book).html[language]), "html.parser")
        days = Words(language).write(line, "days")
        said = Words(language).say("periods.level_too_fast", **{"lapse.days": days})
        assert section.find("p").get_text() == said
        assert section.find(id="periods-level") is None


def test_a_short_file_has_its_counts_and_is_told_what_is_missing(page):
    section = page("half a year", "periods")
    unknown = EN.say("periods.level_unknown", **{"lapse.days": "240 days"})
    assert section.find("p").get_text() == unknown
    assert section.find_all("figure") == []
    assert EN["years.too_short"] in page("half a year", "years").get_text()
    assert page("half a year", "years").find_all("table") == []


def test_a_handful_has_no_level_and_no_ratios(page):
    section = page("ledger", "periods")
    assert section.find("p").get_text() == EN["periods.level_few"]
    assert [figure["id"] for figure in section.find_all("figure")] == ["periods-layers"]


def test_years_show_people_and_money_newest_first(page, client):
    history = client("sample").book.year_history()
    people, money = page("sample", "years").find(id="years-active").find_all("table")
    assert [row[0] for row in rows(people)[1:]] == [f"year to {day}" for day in history.end[::-1]]
    assert number(rows(people)[1][1]) == history.active.iloc[-1]
    assert rows(people)[-1][2:] == ["–"] * 6  # the oldest year is not divided
    assert rows(money)[1][1].startswith("¥")


def test_the_latest_year_is_compared_with_the_one_before(page, client):
    history = client("sample").book.year_history()
    before, now = history.iloc[-2], history.iloc[-1]
    said = next(p.get_text() for p in page("sample", "years")("p") if "Against" in p.get_text())
    for name, form in (("retention", "share"), ("revival", "share"), ("sales_per_active", "money")):
        assert EN.write(before[name], form) in said and EN.write(now[name], form) in said
    way = "rose" if now.retention > before.retention else "fell"
    assert f"retention {way} from" in said


def level_facts(active, settles, inflow_year, half_way=6):
    return Facts(
        [
            count("level.active", active, CUSTOMERS, ""),
            count("level.settles", settles, CUSTOMERS, ""),
            count("level.inflow", round(inflow_year / 12), CUSTOMERS, ""),
            count("level.inflow_year", inflow_year, CUSTOMERS, ""),
            count("level.half_way", half_way, MONTHS, ""),
            Fact("level.hole", 0.114, SHARE),
        ]
    )


@pytest.mark.parametrize(
    ("facts", "lead", "description"),
    [
        (level_facts(200, 300, 120), "inflow: about 10 a month", "Half the way there from 200"),
        (level_facts(200, 60, 5), "inflow: 5 in a whole year", "Half the way there from 200"),
        (level_facts(120, 120, 120), "about where they are now", "That is where it is now."),
        (level_facts(58, 0, 0), "Nobody came in", "Half of the 58 customers active now have"),
        (level_facts(0, 0, 0), "no active customer is left", "That is where it is now."),
    ],
)
def test_what_is_told_of_the_level_fits_what_comes_in(facts, lead, description):
    told = facts.say(EN, level_key(facts), inflow=_inflow(facts, EN))
    assert lead in told and "about 0" not in told and "settle at 0" not in told
    said = facts.say(EN, _description(facts), since="2018-02", until="2019-01")
    assert said.startswith(description)


@pytest.mark.parametrize("level", [0.2, 3.0, 40.0, 90.0])
def test_no_label_of_the_level_hangs_into_the_months(level):
    months = [f"2025-{month:02}" for month in range(1, 13)]
    past = pd.DataFrame({"period": months[:6], "closing": [90, 70, 50, 30, 20, 10]})
    ahead = pd.DataFrame({"period": months[6:], "closing": [level] * 6})
    figure = level_chart(past, ahead, level, EN)
    with drawing():
        figure.canvas.draw()
        (axes,) = figure.axes
        floor = axes.get_window_extent().y0
        assert all(text.get_window_extent().y0 > floor for text in axes.texts)


def test_a_level_nobody_adds_to_runs_down():
    assert "runs down to 0" in [text.get_text() for text in _chart(True).axes[0].texts]
    assert "settles at 0" in [text.get_text() for text in _chart(False).axes[0].texts]


def _chart(empty):
    past = pd.DataFrame({"period": ["2025-01", "2025-02"], "closing": [9, 5]})
    ahead = pd.DataFrame({"period": ["2025-03"], "closing": [2.5]})
    return level_chart(past, ahead, 0.0, EN, empty)


YEARS = pd.DataFrame(
    {
        "retention": [None, 0.4, 0.42],
        "revival": [None, 0.05, 0.0501],
        "sales_per_active": [9000.0, 10000.0, 8000.0],
        "yearly_active": [5, 6, 7],
    }
)


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (
            YEARS,
            "Against the year before, retention rose from 40.0% to 42.0%, revival stayed at 5.0%, "
            "yearly spend per customer fell from ¥10,000 to ¥8,000.",
        ),
        (
            YEARS.head(2),
            "Against the year before, yearly spend per customer rose from ¥9,000 to ¥10,000.",
        ),
        (YEARS.head(1), None),
        (YEARS.head(2).assign(yearly_active=4), None),  # a mean of fewer than five
    ],
)
def test_what_rose_and_fell_is_said_in_one_sentence(client, years, said):
    told = list(compared(years, client("ledger").book, EN))
    assert told == ([said] if said else [])


def test_years_without_amounts_are_counts_only(page):
    section = page("no amounts", "years")
    assert len(section.find(id="years-active").find_all("table")) == 1
    assert "¥" not in section.get_text()


def test_who_moved_sales_is_in_the_section_on_sales(page, client):
    section = page("ledger", "sales").find(id="sales-groups")
    body = rows(section.table)[1:]
    assert body[-1] == [EN["mover.total"], "10", "11", "8", "¥233,000", "¥113,000", "-¥120,000"]
    assert "+\u2060¥81,500" in section.h3.get_text()
    assert "-\u2060¥141,000" in section.h3.get_text()
    assert page("half a year", "sales").find(id="sales-groups") is None


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ({"new": 5}, "groups_finding"),
        ({"revived": 5}, "groups_finding"),
        ({"kept": -5}, "groups_finding_kept"),
        ({}, "groups_finding_none"),
    ],
)
def test_the_change_is_put_down_to_those_it_comes_from(moved, said):
    nothing = dict.fromkeys(("new", "revived", "lost", "kept"), 0)
    facts = Facts([Fact(f"change.{k}", v, "JPY") for k, v in (nothing | moved).items()])
    assert _finding(facts) == said and f"sales.{said}" in EN


def test_sales_as_large_as_before_did_not_change_by_nothing(page):
    # every half year A to F for 1,000 each: both years alike
    section = page("as before", "sales")
    assert EN["sales.finding_same"] in section.get_text()
    assert EN["sales.groups_finding_none"] in section.get_text()
    assert "changed by ¥0" not in section.get_text()
    money = page("as before", "bucket").find(id="bucket-money")
    assert money.h3.get_text() == "Sales are ¥12,000, as the year before"
    assert EN["movement.description_nobody"] in page("as before", "movement").get_text()


def test_both_views_of_a_customer_kept_say_one_spend(page):
    # one customer who buys for 1,000 every January and July
    cells = {row[0]: row[1:] for row in rows(page("one regular", "years").find_all("table")[2])}
    assert cells[EN["views.kept_spend"]] == ["¥2,000", "¥2,000"]


def test_both_views_come_to_the_same_sales(page):
    # At D active: A 20,000, F 79,000, G 2,500, H 0, I 3,000; E lapsed after 9,000, J gave back 500
    section = page("ledger", "years")
    table = next(t for t in section("table") if t.caption.get_text() == EN["views.caption"])
    cells = {row[0]: row[1:] for row in rows(table)}
    assert cells[EN["views.active"]] == ["6", "5"]
    assert cells[EN["views.ltv"]] == ["¥18,833", "¥20,900"]
    assert cells[EN["views.sales"]] == ["¥113,000", "¥104,500"]
    assert "The other ¥8,500 of the year's ¥113,000" in section.get_text()
    assert EN["views.ltv"] not in page("no amounts", "years").get_text()


def test_money_given_back_is_not_said_to_be_bought(page):
    section = page("given back", "bucket").find(id="bucket-money")
    assert "New customers bought" not in section.get_text()
    assert "new customers came to -\u2060¥500" in section.get_text()
