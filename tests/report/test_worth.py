"""Concentration and RFM as the report tells them."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit.report import show
from toolkit.report.book_facts import book_facts
from toolkit.report.heat import LEVELS
from toolkit.report.shaded import shaded_table
from toolkit.words import Words

EN, JA = Words("en"), Words("ja")


def page(shown, language="en"):
    return BeautifulSoup(str(shown.html[language]), "html.parser")


def rows(table):
    return [[c.get_text(" ") for c in tr.find_all(["th", "td"])] for tr in table.tbody("tr")]


def test_the_shares_of_the_largest_are_facts_in_minor_units(client):
    book = client("sample").book
    facts, found = book_facts(book), book.concentration()
    fifth = facts["concentration.top_fifth"]
    assert (fifth.numerator, fifth.denominator) == (found["top_fifth"], found["sales"])
    assert fifth.value == found["top_fifth"] / found["sales"]
    assert facts.value("concentration.gini") == found["gini"]
    before = book.concentration(book.year_ago)
    assert facts.value("concentration.previous.customers") == before["customers"]


def test_fewer_than_ten_customers_are_not_parted_into_tenths(client):
    # A, E, F, G, H and I bought in the last 12 months
    book = client("ledger").book
    fact = book_facts(book)["concentration.top_fifth"]
    assert (fact.value, fact.why) == (None, "too_few")
    told = page(show.concentration(book))
    assert not told.find("table") and "(6)" in told.p.get_text()


def test_facts_of_concentration_need_amounts(client):
    assert "concentration.top_fifth" not in book_facts(client("no amounts").book)


def test_the_largest_fifth_of_the_chart_is_that_of_the_sentence(client):
    book = client("sample").book
    deciles = book.deciles()
    top = int(deciles.customers[:2].sum())
    assert f"({top})" in page(show.concentration(book)).p.get_text()
    assert deciles.sales[:2].sum() == book.concentration()["top_fifth"]


def test_ten_largest_of_twelve_say_nothing(client):
    told = page(show.concentration(client("twelve").book))
    text = told.get_text(" ")
    # 12,000 + 11,000 + 10,000 of 78,000
    lead = "Of the 12 customers who bought in the last 12 months, the largest 20% (3) bring 42.3%"
    assert told.p.get_text().startswith(lead)
    assert "The largest 20% (3) bring ¥33,000 together (¥11,000 each on average)" in text
    assert "ten largest" not in text and EN["concentration.top_ten"] not in text
    said = page(show.concentration(client("twelve").book), "ja").get_text()
    assert "上位10人" not in said and "上位2割の3人の売上は合わせて¥33,000" in said


def test_the_ten_largest_are_set_beside_the_customers_and_the_largest_fifth(client):
    book = client("sample").book
    found, n = book.concentration(), book.concentration()["customers"]
    told = page(show.concentration(book)).get_text(" ")
    assert f"{EN.write(10 / n, 'share')} of those who bought" in told
    of_fifth = EN.write(found["top_ten"] / found["top_fifth"], "share")
    assert f"{of_fifth} of what the largest 20% bring" in told
    assert EN["concentration.top_ten"] in told


def test_the_saying_stays_a_note_beside_the_own_figure(client):
    told = page(show.concentration(client("sample").book))
    (note,) = told.find_all("p", class_="note")
    assert "20:80" in note.get_text() and "not a target" in note.get_text()
    assert "20:80" not in told.p.get_text()


def test_the_group_table_has_ten_groups_now_and_before(client):
    book = client("sample").book
    table = page(show.rfm(book)).figure.table
    found = rows(table)
    assert [row[0] for row in found] == [EN[f"rfm.{g}"] for g in book.rfm_groups().group[:10]]
    heads = [th.get_text() for th in table.thead.find_all("th")]
    assert heads[2:5] == [EN["column.customers"], EN["column.month_ago"], EN["column.year_ago"]]
    counts = sum(int(row[2].replace(",", "")) for row in found)
    assert counts == len(book.customers())


def test_dates_too_near_the_start_are_not_compared(client):
    told = page(show.rfm(client("half a year").book))
    heads = [th.get_text() for th in told.figure.thead.find_all("th")]
    assert EN["column.month_ago"] not in heads and EN["column.year_ago"] not in heads
    assert told.figcaption.h3.get_text().startswith(EN["rfm.finding"].split("{")[0])


def test_the_remark_counts_the_prime_customers_rfm_mixes_with_others(client):
    book = client("sample").book
    table = book.rfm_table().to_pyarrow().to_pandas(date_as_object=True)
    prime = (table.layer == "prime") & ~table.active
    groups = set(table.group[prime])
    others = int((table.group.isin(groups) & ~prime).sum())
    said = EN.say("rfm.remark", n=int(prime.sum()), k=len(groups), others=others)
    assert prime.any() and said in page(show.rfm(book)).get_text()
    assert EN["rfm.remark_none"] in page(show.rfm(client("no amounts").book)).get_text()


def test_the_cut_offs_are_shown_with_their_unit_once(client):
    shown = show.rfm(client("ledger").book)
    for language, wanted in (("en", "60 to 119 days"), ("ja", "60〜119日")):
        table = page(shown, language).find_all("table")[-1]
        found = {row[1]: row[2] for row in rows(table)}
        assert found["R4"] == wanted
        assert found["F1"] == "1"
    assert found["R1"] == "480日以上"


def test_a_handful_of_customers_gets_the_cut_offs_alone(client):
    told = page(show.rfm(client("one customer").book))
    assert not told.find("figure") and len(told.find_all("table")) == 1
    assert "(1)" in told.p.get_text()


@pytest.mark.parametrize("name", ["hostile", "dollars", "ledger"])
def test_other_clients_are_told_in_whole_sentences(client, name):
    book = client(name).book
    for section in (show.concentration, show.rfm):
        text = page(section(book)).get_text(" ")
        assert "nan" not in text.lower() and "{" not in text and "<script" not in text


def test_a_cell_is_the_darker_the_more_it_has():
    cells = pd.DataFrame([["4", "1"], ["0", "<b>"]], ["R5", "R4"], ["F5", "F4"], dtype=object)
    weights = pd.DataFrame([[4, 1], [0, float("nan")]], cells.index, cells.columns)
    made = BeautifulSoup(
        str(shaded_table(cells, weights, caption="C", corner="R / F")), "html.parser"
    )
    shades = [td.get("class") for td in made.find_all("td")]
    assert shades == [[f"h{LEVELS}"], ["h2"], None, None]  # a quarter of six shades
    assert made.table["class"] == ["r2", "r3"]
    assert made.find_all("td")[3].get_text() == "<b>" and not made.find("b")
    assert [th.get_text() for th in made.thead.find_all("th")] == ["R / F", "F5", "F4"]


def test_an_empty_grid_is_white():
    zeros = pd.DataFrame([[0, 0]])
    made = shaded_table(zeros.astype(str), zeros, caption="C", corner="")
    assert not BeautifulSoup(str(made), "html.parser").select("td[class]")


def test_the_sentence_on_change_names_the_group_that_moved_most_beside_the_heading(client):
    groups = client("sample").book.rfm_groups()
    wide = groups.pivot(index="group", columns="date", values="customers").loc[groups.group[:10]]
    change = (wide.iloc[:, -1] - wide.iloc[:, 0]).drop(["champions", "lost_loyal", "lost"])
    name = change.abs().idxmax()
    said = page(show.rfm(client("sample").book)).figcaption
    before, now = wide.loc[name].iloc[[0, -1]]
    assert f"“{EN[f'rfm.{name}']}”: from {before} to {now}." in said.p.get_text()
    told = wide.loc["champions"].iloc[[-1, 0]]
    assert said.h3.get_text() == EN.say("rfm.finding_year", n=told.iloc[0], before=told.iloc[1])
