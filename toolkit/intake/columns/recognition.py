"""How sure it is which column plays a role: odds by name times odds by content."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from toolkit.intake.columns.bonds import Bonds
from toolkit.intake.columns.fits import ONE_DAY, Fit
from toolkit.intake.columns.glance import Glance
from toolkit.intake.columns.headings import rank, says
from toolkit.intake.columns.looks import look_at

SURE = 0.6  # confidence below which a role is not settled without asking
SHOWN = 3  # candidates kept for each role
MOST_COMPARED = 30  # candidates for the customer that are compared with one another
WORTH_TELLING = 0.05  # confidence from which on a candidate is one
BY_NAME = {  # odds that a column of such a name has the role, before its content is looked at
    "known": 30.0,
    "word": 4.0,
    "beside": 1.0,  # a word, where another column has a known name
    "nothing": 0.1,
    "unnamed": 0.3,
    "other": 0.01,
    "never": 0.0005,
}
NONE = {"customer": 0.3, "date": 0.3, "amount": 0.3}  # odds that the file has none; else 1
SPEAKS = 0.5  # a known name whose content has a factor below this is contradicted
SETTLES, FINER = 0.95, 1.1  # a column settles another that it has more values than
ATTRIBUTE = 0.05  # what the odds of the other are multiplied by
OPTIONS = {  # role -> the option that names another column, or changes what is made of it
    **{role: f"--{role}" for role in ("customer", "date", "amount", "order", "price", "quantity")},
    **{role: f"--{role}" for role in ("product", "status", "subscription", "discount", "points")},
    **{role: "--customer" for role in ("mail", "phone", "name", "postcode")},
    "product_name": "--product-name",
    "line_kind": "--row-kind",
    "time": "--time",
    "unit_price": "--price",
    "units": "--quantity",
    "shipping": "--include-shipping",
    "fee": "--include-shipping",
    "tax": "--without-tax",
    "currency": "--currency",
}


@dataclass(frozen=True)
class Candidate:
    """Columns that may have a role, and with what confidence (0 to 1)."""

    columns: tuple[int, ...]
    confidence: float


@dataclass(frozen=True)
class Decision:
    """What was decided for a role.

    columns: positions, none where it is doubtful. how: `given`, `format`, `name`, `content` or
    `both` (name and content). confidence: 0 to 1, of the best candidate. others: the next best
    candidates, best first. option: what names another column on the command line, "" for nothing.
    """

    role: str
    columns: tuple[int, ...]
    how: str
    confidence: float
    others: tuple[Candidate, ...] = ()
    option: str = ""

    def best(self) -> tuple[Candidate, ...]:
        """The candidates worth telling, best first; a settled role's own column among them."""
        own = (Candidate(self.columns, self.confidence),) if self.columns else ()
        return (*own, *self.others)


class Evidence:
    """What names and contents say of every column of a file.

    The odds of a column for a role are those of its name (`BY_NAME`) times the factor of its
    content (`fits`). Of several columns with known names the one named first in `aliases.toml`,
    and not contradicted by its content, counts as known, the others as named by a word, and those
    named by a word as `beside` it. The confidence is the odds of the column over the odds of all
    columns that are still free, and of there being none (`NONE`). Our rule. Without rows, names
    alone decide.
    """

    def __init__(self, header: Sequence[str], glance: Glance | None):
        self.header, self.glance = header, glance
        self.headed = glance is None or glance.headed
        self.fit: Fit | None = None
        if glance is not None and glance.rows:
            self.fit = Fit([look_at(column) for column in glance.columns], Bonds(glance))

    def factor(self, role: str, at: int) -> float:
        """What the content of a column says of the role; 1 without rows."""
        return 1.0 if self.fit is None else self.fit.factor(role, at)

    def says(self, role: str, at: int) -> str:
        """What the name of a column says of the role (a key of `BY_NAME`)."""
        return says(role, self.header[at]) if self.headed else "unnamed"

    def known(self, role: str, taken: Collection[int] = ()) -> list[int]:
        """Free columns with known names for the role, the most telling first."""
        free = [i for i in range(len(self.header)) if i not in taken]
        ranked = [(rank(role, self.header[i]), i) for i in free] if self.headed else []
        return [i for place, i in sorted((p, i) for p, i in ranked if p is not None)]

    def decide(self, role: str, taken: Collection[int] = ()) -> Decision:
        """The decision for a role among the columns not taken."""
        odds = self._odds(role, taken)
        ranked = sorted(odds, key=lambda i: -odds[i])
        if not ranked:
            return Decision(role, (), "name", 0.0, option=OPTIONS.get(role, ""))
        best = ranked[0]
        rivals = [i for i in ranked[1:] if not self._alike(role, best, i, odds)]
        whole = NONE.get(role, 1.0) + odds[best] + sum(odds[i] for i in rivals)
        found = [Candidate((i,), odds[i] / whole) for i in (best, *rivals)]
        worth = [each for each in found[:SHOWN] if self._speaks(role, each)]
        how, sure = self._how(role, best), found[0].confidence
        if sure < SURE:
            return Decision(role, (), how, sure, tuple(worth), OPTIONS.get(role, ""))
        return Decision(role, (best,), how, sure, tuple(worth[1:]), OPTIONS.get(role, ""))

    def _odds(self, role: str, taken: Collection[int]) -> dict[int, float]:
        names = {i: self.says(role, i) for i in range(len(self.header)) if i not in taken}
        factors = {i: self.factor(role, i) for i in names}
        known = self.known(role, taken)
        first = next((i for i in known if factors[i] >= SPEAKS), None)
        if first is not None:
            names |= {i: "beside" for i, said in names.items() if said == "word"}
            names |= {i: "word" for i in known if i != first}
        odds = {i: BY_NAME[name] * factors[i] for i, name in names.items()}
        if self.fit is not None:  # a known name is told with its values rather than not at all
            odds = {
                i: 0.0 if names[i] != "known" and self.fit.rules_out(role, i) else each
                for i, each in odds.items()
            }
        return self._without_attributes(odds) if role == "customer" else odds

    def _without_attributes(self, odds: dict[int, float]) -> dict[int, float]:
        """Odds of a customer column where what a finer column settles, as a customer settles the
        region, counts for next to nothing."""
        if self.fit is None:
            return odds
        ranked = sorted(odds, key=lambda i: -odds[i])[:MOST_COMPARED]
        some = [i for i in ranked if odds[i] >= WORTH_TELLING * odds[ranked[0]]]
        looks, bonds = self.fit.looks, self.fit.bonds
        coarse = {
            i
            for i in some
            for j in some
            if looks[j].distinct >= FINER * looks[i].distinct
            and (bonds.holds(j, i) or 0.0) >= SETTLES
            and (bonds.on_several_days(j) or 0.0) > ONE_DAY
        }
        return {i: each * (ATTRIBUTE if i in coarse else 1.0) for i, each in odds.items()}

    def _alike(self, role: str, best: int, other: int, odds: dict[int, float]) -> bool:
        """Whether another key would part the customers in just the same way."""
        if role != "customer" or self.fit is None or odds[other] < WORTH_TELLING * odds[best]:
            return False
        return self.fit.bonds.same(best, other)

    def _speaks(self, role: str, candidate: Candidate) -> bool:
        """Whether anything speaks for a candidate, its name or its content."""
        (at,) = candidate.columns
        by_name = self.says(role, at) in ("known", "word")
        by_content = self.fit is not None and self.factor(role, at) >= SPEAKS
        return candidate.confidence >= WORTH_TELLING and (by_name or by_content)

    def _how(self, role: str, at: int) -> str:
        by_name = self.says(role, at) in ("known", "word")
        by_content = self.factor(role, at) >= 1.5
        return "both" if by_name and by_content else "name" if by_name else "content"
