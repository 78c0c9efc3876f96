"""Files of a shop with any columns, and what the survey of them settles."""

import datetime as dt
import random

from odd_files import glance

from toolkit.intake.columns.survey import survey
from toolkit.settings import Settings


def surveyed_shop(rows=300, **columns):
    """A survey of a file with these columns, each a function of row, customer, day and draw."""
    draw, header = random.Random(7), tuple(columns)
    cells = []
    for i in range(rows):
        order = i // 2
        who = random.Random(order).randrange(60)
        day = dt.date(2023, 1, 1) + dt.timedelta(days=order * 700 // rows)
        cells.append([str(make(order, who, day, draw)) for make in columns.values()])
    found = survey(header, Settings(), "f.csv", glance(list(zip(*cells, strict=True))))
    roles = {role: [header[i] for i in at] for role, at in found.roles.columns.items()}
    return roles, found


def customer(order, who, day, draw):
    return f"K{who:04d}"


def date(order, who, day, draw):
    return day


def amount(order, who, day, draw):
    return draw.randrange(300, 9000, 10)


def word(*words):
    return lambda order, who, day, draw: draw.choice(words)


def faults(found):
    return [key for key, _ in found.faults]
