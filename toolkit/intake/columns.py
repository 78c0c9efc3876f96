"""Which column plays which part: by the settings, else by the names in `aliases.toml`."""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.problems import InputProblem
from toolkit.settings import Settings

Fault = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Roles:
    """Header positions by part. `basis` as in `Source.amount_basis`; `passed_over`: role -> names
    of columns that would have done too; `personal`: customers are told apart by mail, telephone
    or name; `unit_price`, `units`: of a product line, where the amount is not made of them."""

    customer: int
    date: int
    basis: str
    amount: int | None = None
    price: int | None = None
    quantity: int | None = None
    time: int | None = None
    order: int | None = None
    currency: int | None = None
    product: int | None = None
    product_name: int | None = None
    unit_price: int | None = None
    units: int | None = None
    subscription: int | None = None
    statuses: tuple[int, ...] = ()
    personal: bool = False
    passed_over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def positions(self) -> list[int]:
        """Every column in use, once."""
        return sorted({i for columns in self.by_name().values() for i in columns})

    def by_name(self) -> dict[str, tuple[int, ...]]:
        """Role -> positions, without the roles the file does not have."""
        money = (self.price, self.quantity) if self.price is not None else (self.amount,)
        columns = {
            "customer": (self.customer,),
            "date": (self.date, self.time),
            "amount": money,
            "order": (self.order,),
            "status": self.statuses,
            "currency": (self.currency,),
            "product": (self.product,),
            "product_name": (self.product_name,),
            "unit_price": (self.unit_price,),
            "units": (self.units,),
            "subscription": (self.subscription,),
        }
        held = {role: tuple(i for i in some if i is not None) for role, some in columns.items()}
        return {role: some for role, some in held.items() if some}


@cache
def aliases() -> dict[str, Any]:
    """The alias dictionary, every name and value in its plain form."""
    tables = tomllib.loads(Path(__file__).with_name("aliases.toml").read_text(encoding="utf-8"))

    def plain_all(node: Any) -> Any:
        return plain(node) if isinstance(node, str) else [plain_all(each) for each in node]

    return {name: {k: plain_all(v) for k, v in table.items()} for name, table in tables.items()}


def plain(name: str) -> str:
    """A name without what makes no difference: width, case, blanks, hyphens, underscores."""
    return re.sub(r"[\s_\-]", "", unicodedata.normalize("NFKC", name)).lower()


def recognise(header: Sequence[str], settings: Settings, file: str) -> Roles:
    """The roles of a file's columns; all that is missing is told at once (InputProblem)."""
    names = [plain(name) for name in header]
    faults: list[Fault] = []
    passed: dict[str, tuple[str, ...]] = {}

    def pick(role: str, named: str | None, lists: Sequence[str]) -> int | None:
        if named is not None:
            return _named(named, role, header, file, faults)
        found = [names.index(a) for each in lists for a in aliases()[each]["names"] if a in names]
        if len(found) > 1:
            passed[role] = tuple(header[i] for i in dict.fromkeys(found[1:]))
        return found[0] if found else None

    customer = pick("customer", settings.customer_column, ["customer"])
    if customer is None and settings.customer_column is None:
        customer = pick("customer", None, ["personal"])
    date = pick("date", settings.date_column, ["date"])
    order = pick("order", settings.order_column, ["order"])
    money = _money(pick, names, settings)
    products = _products(pick, settings, money["basis"])
    subscription = pick("subscription", settings.subscription_column, ["subscription"])
    if settings.subscription_words and products.get("product_name") is None:
        faults.append(("subscription_words_alone", {"file": file, "columns": told(header)}))
    for role, missing in (("customer", customer is None), ("date", date is None)):
        if missing and not any(values.get("option") == f"--{role}" for _, values in faults):
            faults.append((f"no_{role}_column", {"file": file, "columns": told(header)}))
    if money["basis"] == "" and not any(v.get("option") == "--amount" for _, v in faults):
        faults.append(("no_amount_column", {"file": file, "columns": told(header)}))
    if faults:
        raise InputProblem.of(faults)
    statuses = [i for i, name in enumerate(names) if name in aliases()["status"]["names"]]
    return Roles(
        customer=customer,
        personal=names[customer] in aliases()["personal"]["names"],
        date=date,
        order=order,
        time=_time(names, date) if settings.date_column is None else None,
        currency=pick("currency", None, ["currency"]),
        subscription=subscription,
        statuses=tuple(statuses),
        passed_over=passed,
        **money,
        **products,
    )


def _money(pick: Any, names: list[str], settings: Settings) -> dict[str, Any]:
    """Amount columns and their basis; basis "" where there is none."""
    if settings.no_amount:
        return {"basis": "none"}
    amount = pick("amount", settings.amount_column, ["total", "line"])
    if amount is not None:
        total = names[amount] in aliases()["total"]["names"]
        return {"basis": "total" if total else "line", "amount": amount}
    if settings.amount_column is not None:
        return {"basis": ""}
    price, quantity = pick("price", None, ["price"]), pick("quantity", None, ["quantity"])
    if price is not None and quantity is not None:
        return {"basis": "price x quantity", "price": price, "quantity": quantity}
    return {"basis": "price" if price is not None else "", "amount": price}


def _products(pick: Any, settings: Settings, basis: str) -> dict[str, int | None]:
    """The columns of product lines; none in a file that names no product."""
    product = pick("product", settings.product_column, ["product"])
    lists = ["product_name"] if product is None else ["product_name", "product_text"]
    name = pick("product_name", settings.product_name_column, lists)
    if product is None and name is None:
        return {}
    found = {"product": product, "product_name": name}
    if basis == "total":
        found["unit_price"] = pick("unit_price", None, ["price"])
    if basis in ("total", "line"):
        found["units"] = pick("units", None, ["quantity"])
    return found


def _time(names: list[str], date: int) -> int | None:
    pairs = aliases()["time"]["pairs"]
    beside = (time for day, time in pairs if day == names[date] and time in names)
    return next((names.index(time) for time in beside), None)


def _named(
    named: str, role: str, header: Sequence[str], file: str, faults: list[Fault]
) -> int | None:
    """The column a person named: exactly, else in its plain form; else a fault with the nearest."""
    if named in header:
        return list(header).index(named)
    names = {plain(name): i for i, name in reversed(list(enumerate(header)))}
    if plain(named) in names:
        return names[plain(named)]
    near = difflib.get_close_matches(plain(named), names, n=1, cutoff=0.0)
    nearest = header[names[near[0]]] if near else ""
    faults.append(
        (
            "unknown_column",
            {
                "file": file,
                "option": "--" + role.replace("_", "-"),
                "column": named,
                "near": nearest,
                "columns": told(header),
            },
        )
    )
    return None


def told(header: Sequence[str], most: int = 30) -> str:
    """The names of a file's columns, for a message."""
    shown = ", ".join(name for name in header[:most] if name)
    return shown + (" …" if len(header) > most else "")
