"""Days on which bills are made out, beside those of the orders."""

import datetime as dt

from surveyed_shops import amount, customer, date, surveyed_shop


def test_closing_days_of_bills_give_way_to_the_days_of_the_orders():
    def delivered(order, who, day, draw):
        return day.replace(day=min(day.day, 28))

    def billed(order, who, day, draw):
        return day.replace(day=28)

    roles, found = surveyed_shop(請求日=billed, 納品日=delivered, 得意先CD=customer, 金額=amount)
    assert roles["date"] == ["納品日"]
    values = {"column": "納品日", "other": "請求日", "typed": "請求日"}
    assert ("closing_days", values) in found.roles.told
    roles, found = surveyed_shop(請求日=billed, 得意先CD=customer, 金額=amount)
    assert roles["date"] == ["請求日"]


def test_a_day_of_every_month_stays_where_the_other_dates_lie_behind_it_or_far_before():
    def first(order, who, day, draw):
        return day.replace(day=1)

    def before(order, who, day, draw):
        return day - dt.timedelta(days=draw.randrange(100, 900))

    for name, other in (("発送日", date), ("入会日", before)):
        roles, found = surveyed_shop(注文日=first, **{name: other}, 会員番号=customer, 金額=amount)
        assert roles["date"] == ["注文日"], name
