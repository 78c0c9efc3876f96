"""How well what stands in a column fits a role: a factor, 1 where it says nothing.

Above 1 it speaks for the role, below 1 against it. The factors are our rule, set so that on files
whose columns are known what is settled is right (tests/intake/test_intake_recognition.py).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

from toolkit.intake.columns.bonds import EXACT, OFTEN, Bonds
from toolkit.intake.columns.looks import Look

NEVER, HARDLY, RARELY = 0.003, 0.02, 0.2  # what is as good as never, hardly or rarely so
HIDDEN = 1e-5  # of a number that is not there whole
SEEN = 30  # rows from which on repeats and constant values say something
ONE_DAY = 0.05  # share of orders on several days, up to which orders are of one day
RETURNING = 0.15  # share of values on several days, from which on they return as customers do
MOST_MONEY, MOST_COUNTS = 12, 4  # columns tried as price x count
NUMBERS = ("amount", "price", "quantity")  # roles of numbers
SHORT = 0.2  # factor of names of one letter
AGE = 3  # rows at which what is seen weighs half (as an exponent)


class Fit:
    """The factor of any column for any role.

    `looks` by position. Set as they become known, None before: `order` and `customer`, the
    positions of those columns (and `bonds.days`, the days of the rows).
    """

    def __init__(self, looks: list[Look], bonds: Bonds):
        self.looks, self.bonds = looks, bonds
        self.order: int | None = None
        self.customer: int | None = None
        self._money = [i for i, look in enumerate(looks) if look.money and look.distinct > 1]
        self.prices, self.wholes = self._products()

    def factor(self, role: str, at: int) -> float:
        """The factor of the column for the role; with few rows it is nearer to 1."""
        look = self.looks[at]
        if not look.rows:
            return RARELY
        return _FITS[role](self, look, at) ** (look.rows / (look.rows + AGE))

    def rules_out(self, role: str, at: int) -> bool:
        """Whether not one value of a column is what every value of the role has to be."""
        look = self.looks[at]
        none = look.dates == 0 if role == "date" else role in NUMBERS and look.numbers == 0
        return look.rows > 0 and none

    def _products(self) -> tuple[set[int], set[int]]:
        """Columns of money that another column of money is when multiplied by a count, and those
        that are such a product."""
        prices, wholes = set(), set()
        counts = [i for i, look in enumerate(self.looks) if look.counts and look.distinct > 1]
        for one, whole in permutations(self._money[:MOST_MONEY], 2):
            if any(self.bonds.product(one, n, whole) for n in counts[:MOST_COUNTS]):
                prices.add(one)
                wholes.add(whole)
        return prices, wholes

    def set_order(self, at: int) -> None:
        """Take the column for the order's; not where its values stand on several days."""
        if (self.bonds.on_several_days(at) or 0.0) <= ONE_DAY:
            self.order = at

    def has_price(self, at: int) -> bool:
        """Whether every value goes with one amount of its own from day to day, as a product does
        with its price."""
        if (self.bonds.on_several_days(at) or 0.0) < RETURNING:
            return False
        return any(
            (self.bonds.holds(at, i) or 0.0) >= EXACT and self.bonds.alike(i) <= OFTEN
            for i in self._money
            if i != at
        )

    def within_order(self, at: int) -> float | None:
        """Share of the orders of several rows in which the column has one value."""
        return None if self.order in (None, at) else self.bonds.holds(self.order, at)

    def of_customer(self, at: int) -> float | None:
        """Share of the customers with several rows for whom the column has one value."""
        return None if self.customer in (None, at) else self.bonds.holds(self.customer, at)


def _date(fit: Fit, look: Look, at: int) -> float:
    real = look.dates - look.serials
    if look.dates < 0.5:
        return NEVER if look.dates < 0.1 else RARELY
    if real < 0.5:  # numbers of five digits: days of Excel's calendar, or anything
        return 2.0 if look.first_year >= 1990 and look.last_year <= 2060 else HARDLY
    factor = 30.0 if look.dates >= 0.9 else 3.0
    if look.last_year - look.first_year > 25 or look.last_year < 1990:  # as of births
        factor *= NEVER
    return factor * (0.3 + 0.7 * look.filled)


def _code(look: Look) -> float:
    """What every key has in common: one word, no number one reckons with, no date."""
    factor = 2.0 if look.codes >= 0.9 else 1.0
    if look.dates - look.serials >= 0.5 or look.clocks >= 0.5 or look.mails >= 0.5:
        factor *= NEVER
    if look.numbers >= 0.9 and (look.whole < 0.8 or look.marked >= 0.2 or look.negative >= 0.02):
        factor *= HARDLY
    if look.length > 40:
        factor *= RARELY
    if look.padded >= 0.5 or (look.fixed >= 0.95 and look.length >= 4):
        factor *= 1.5
    return factor


def _apart(look: Look) -> float:
    """Whether it tells enough orders or customers apart."""
    if look.rows < SEEN:
        return 1.0
    if look.distinct == 1 or (look.few and look.codes < 0.5):  # such as 会員 and 非会員
        return HARDLY
    return RARELY if look.few or look.small else 1.0


def _order(fit: Fit, look: Look, at: int) -> float:
    factor = _code(look) * (RARELY if look.money else 1.0)
    if look.rows < SEEN or factor < HARDLY:
        return factor
    if look.distinct == 1 or look.few:
        return factor * HARDLY
    if look.again == 0:
        return factor
    together, apart = fit.bonds.together(at), fit.bonds.on_several_days(at)
    if apart is not None and apart >= 0.2:  # numbers that begin anew every day, or no order's
        return factor * (0.1 if together is None or together < 0.5 else 0.05)
    if together is not None and together >= 0.9:
        return factor * (15.0 if apart is not None and apart <= ONE_DAY else 3.0)
    return factor * (RARELY if look.small else 1.0)


def _customer(fit: Fit, look: Look, at: int) -> float:
    if look.masked >= 0.5:  # many cards end in the same digits
        return HIDDEN
    factor = _code(look) * _apart(look) * (0.3 if look.money else 1.0)
    factor *= HARDLY if look.phones >= 0.5 else 1.0
    if look.rows < SEEN or factor < HARDLY or look.distinct == 1:
        return factor
    if look.again == 0:
        return factor * RARELY
    apart = fit.bonds.on_several_days(at)
    if apart is not None:
        factor *= 6.0 if apart >= RETURNING else 1.0 if apart >= 0.02 else 0.05
    one = fit.within_order(at)
    if one is not None:
        factor *= 4.0 if one >= 0.95 else HARDLY
    busy = fit.bonds.a_day(at, fit.order)
    if busy is not None and fit.order is not None and busy >= 3:
        factor *= HARDLY
    elif busy is not None and busy >= 10:  # rows: several may be of one order
        factor *= 0.1
    return factor * (HARDLY if fit.has_price(at) else 1.0)


def _mail(fit: Fit, look: Look, at: int) -> float:
    return 300.0 if look.mails >= 0.8 else 20.0 if look.mails >= 0.3 else NEVER


def _phone(fit: Fit, look: Look, at: int) -> float:
    return 30.0 if look.phones >= 0.8 else 3.0 if look.phones >= 0.3 else HARDLY


def _name(fit: Fit, look: Look, at: int) -> float:
    if look.letters < 0.8 or look.mails >= 0.2 or look.dates >= 0.2 or look.few:
        return HARDLY
    return 2.0 if look.codes < 0.2 and look.length <= 40 else RARELY


def _postcode(fit: Fit, look: Look, at: int) -> float:
    plainly = look.numbers >= 0.8 and look.fixed >= 0.8 and 5 <= look.length <= 7
    return 5.0 if look.postcodes >= 0.8 or plainly else RARELY


def _amount(fit: Fit, look: Look, at: int) -> float:
    if look.numbers < 0.9:
        return NEVER if look.numbers < 0.5 else 0.3
    if look.padded >= 0.05 or look.dates - look.serials >= 0.9 or look.phones >= 0.5:
        return HARDLY
    factor = 3.0 * (8.0 if look.marked >= 0.2 else 4.0 if look.whole < 0.8 else 1.0)
    factor *= 10.0 if at in fit.wholes else 0.05 if at in fit.prices else 1.0
    if look.rows < SEEN:
        return factor
    if look.distinct == 1 or look.high <= 1:
        return factor * 0.1
    if look.marked < 0.2 and look.whole >= 0.8:
        factor *= 3.0 if look.tens >= 0.5 else 1.0
        factor *= 0.1 if look.counts else 0.3 if not look.money else 1.0
    return factor


def _price(fit: Fit, look: Look, at: int) -> float:
    turned = 200.0 if at in fit.prices else 0.1 if at in fit.wholes else 1.0
    return _amount(fit, look, at) * turned


def _quantity(fit: Fit, look: Look, at: int) -> float:
    if look.numbers < 0.9:
        return NEVER
    if look.whole < 0.95 or look.padded >= 0.05:
        return RARELY
    if look.rows < SEEN:
        return 1.0
    if not look.counts or look.high < 1:
        return 0.3
    return 6.0 if look.distinct > 2 and look.low >= -1 else 1.0


def _product(fit: Fit, look: Look, at: int) -> float:
    factor = _code(look) * (RARELY if look.counts or look.money or look.codes < 0.5 else 1.0)
    if look.rows < SEEN or factor < HARDLY:
        return factor
    return factor * _bought(fit, look, at) * (HARDLY if look.again < 0.1 else 1.0)


def _product_name(fit: Fit, look: Look, at: int) -> float:
    if look.letters < 0.8 or look.mails >= 0.2 or look.dates >= 0.2 or look.length < 1:
        return HARDLY
    if look.rows < SEEN:
        return 2.0
    factor = 2.0 if look.codes < 0.9 else 0.05
    factor *= SHORT if look.length < 1.5 else 1.0  # 茶, 飴
    factor *= 0.3 if look.filled < 0.7 or look.few else 1.0
    if look.again < 0.2 or look.distinct < 5:
        factor *= 0.3
    return factor * _bought(fit, look, at)


def _bought(fit: Fit, look: Look, at: int) -> float:
    """Things bought differ within an order, and from one visit of a customer to the next."""
    factor = 1.0
    one = fit.within_order(at)
    if one is not None:
        factor *= 5.0 if one <= 0.7 else 0.2 if one >= 0.98 else 1.0
    factor *= 3.0 if fit.has_price(at) else 1.0
    one = fit.of_customer(at)
    if one is not None:
        factor *= HARDLY if one >= 0.9 else 2.0 if one <= 0.7 else 1.0
    return factor


def _status(fit: Fit, look: Look, at: int) -> float:
    if look.voids:
        return 60.0 if look.statuses >= 0.5 else 15.0
    return 3.0 if look.statuses >= 0.5 else HARDLY


_FITS: dict[str, Callable[[Fit, Look, int], float]] = {
    "date": _date,
    "order": _order,
    "customer": _customer,
    "mail": _mail,
    "phone": _phone,
    "name": _name,
    "postcode": _postcode,
    "amount": _amount,
    "price": _price,
    "quantity": _quantity,
    "product": _product,
    "product_name": _product_name,
    "status": _status,
}
