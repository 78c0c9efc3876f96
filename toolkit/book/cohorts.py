"""Cohorts: customers by the month of their first visit, followed month by month."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.book.calendar import is_month_end, month_number
from toolkit.book.shares import share
from toolkit.frames import frame

IN_MONEY = ["sales", "sales_to_date", "per_customer"]


def cohorts(visits: ir.Table, days: ir.Table, closing: dt.date) -> pd.DataFrame:
    """Every cohort in every month since its first.

    One row per cohort (calendar month of the first visit) and age (calendar months since, 0 to
    the month of the closing date). Columns: cohort (YYYY-MM), age, customers, buyers (with a visit
    in that month), again (with a second visit up to its end), share_buying, share_again (of
    customers, 0..1, null below 5), sales (net money of that month, minor units; money dated before
    the first visit counts at age 0), sales_to_date, per_customer (sales_to_date / customers,
    minor units), complete (False for a month the closing date cuts). Sales of all rows add up to
    all money of customers with a visit. Source: cohort analysis by first purchase month.
    """
    parts = [_counts(visits), _other_money(days)]
    counts = pd.concat(parts).groupby(level=["cohort", "age"]).sum().astype("int64")
    sizes = counts.new[counts.new > 0].droplevel("age")
    last = _number(closing)
    grid = [(cohort, age) for cohort in sizes.index for age in range(last - cohort + 1)]
    index = pd.MultiIndex.from_tuples(grid, names=["cohort", "age"])
    table = counts.reindex(index, fill_value=0)
    to_date = table.groupby(level="cohort").cumsum()
    table = table.assign(customers=to_date.new, again=to_date.second, sales_to_date=to_date.sales)
    table = table.reset_index()
    table = table.assign(
        share_buying=share(table.buyers, table.customers),
        share_again=share(table.again, table.customers),
        per_customer=table.sales_to_date / table.customers,
        complete=(table.cohort + table.age < last) | is_month_end(closing),
        cohort=[_name(number) for number in table.cohort],
    )
    columns = "cohort age customers buyers again share_buying share_again sales sales_to_date"
    return table[[*columns.split(), "per_customer", "complete"]]


def yearly_spend(table: pd.DataFrame) -> pd.DataFrame:
    """Money per customer by age, for the cohorts of each calendar year together.

    `table`: rows of `cohorts`. One row per year and age that every cohort of the year has
    completed. Columns: year, age, customers, per_customer (minor units). A year whose later
    cohorts are young is followed as far as the youngest of them; a year still running is left out.
    Our rule: months of a year are put together only at ages that all of them have had.
    """
    done = table[table.complete].assign(year=table.cohort.str[:4])
    found = done.groupby(["year", "age"], as_index=False).agg(
        customers=("customers", "sum"), sales=("sales_to_date", "sum"), cohorts=("cohort", "count")
    )
    cohorts_of = table.groupby(table.cohort.str[:4]).cohort.nunique()
    oldest = table[table.cohort == table.cohort.min()]
    now = _name(_number(dt.date.fromisoformat(f"{oldest.cohort.iloc[0]}-01")) + oldest.age.max())
    whole = (found.cohorts == found.year.map(cohorts_of)) & (found.year + "-12" <= now)
    found = found[whole]
    found = found.assign(per_customer=found.sales / found.customers)
    return found[["year", "age", "customers", "per_customer"]].reset_index(drop=True)


def _counts(visits: ir.Table) -> pd.DataFrame:
    """New, buyers, second visits and money of visits, by number of the cohort and age."""
    cohort, month = month_number(visits.first_date), month_number(visits.date)
    last = visits.next_date.isnull() | (month_number(visits.next_date) > month)
    seen = visits.select(
        "nth", "amount", cohort=cohort, age=month - cohort, last=last.cast("int64")
    )
    found = seen.group_by(["cohort", "age"]).agg(
        new=(seen.nth == 1).cast("int64").sum(),
        buyers=seen["last"].sum(),
        second=(seen.nth == 2).cast("int64").sum(),
        sales=seen.amount.sum().cast("int64"),
    )
    return frame(found).set_index(["cohort", "age"]).fillna(0).astype("int64")


def _other_money(days: ir.Table) -> pd.DataFrame:
    """Money of days without a visit, of customers with one, by number of the cohort and age.

    Before the first visit, the next one is the first.
    """
    other = days.filter(~days.is_visit & (days.amount != 0))
    first = ibis.coalesce(other.first_date, other.next_date)
    cohort = month_number(first)
    age = ibis.greatest(month_number(other.date) - cohort, 0)
    seen = other.select("amount", cohort=cohort, age=age).filter(ibis._.cohort.notnull())
    found = seen.group_by(["cohort", "age"]).agg(sales=seen.amount.sum().cast("int64"))
    return frame(found).set_index(["cohort", "age"]).astype("int64")


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _name(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
