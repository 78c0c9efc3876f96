"""Who a row's customer is: by number, else mail, else telephone, else name with either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.customers.code_and_name import bare_codes, codes_of
from toolkit.intake.customers.mangled import mangled
from toolkit.intake.customers.shown import as_shown
from toolkit.intake.names import aliases
from toolkit.intake.tables.coded import Coded, half_width, pair_codes, paired, renamed
from toolkit.intake.tables.strays import totals_among

FEWEST_DIGITS = 9  # of a telephone number
_SAME = "0+|1+|2+|3+|4+|5+|6+|7+|8+|9+"
_EIGHT = "|".join(f"{digit}{{8}}" for digit in range(10))
DUMMY_PHONE = (  # 000-0000-0000; 090-0000-0000, 090-1234-5678; 045-000-0000; 0120-000-000
    rf"^0?({_SAME}|123456789\d?|1234567890)$|^0([5789]0|[36])({_EIGHT})$|^0[789]012345678$"
    r"|^0[1245789][1-9]0{7}$|^0(120|800)0{6,7}$"
)
DUMMY_MAIL = r"^(a+@a+|x+@x+|0+@0+|1+@1+)\."
ORDINARY = r"^\d*[1-8]\d*$"  # neither zeros nor nines alone: no dummy, and most numbers are such
MINUS_ONE = "^-1$"  # what some systems write for none
HONORIFIC = r"(.)(?:様|さま|さん|御中)$|(..)殿$"  # 鵜殿 is a name
MAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
NOREPLY = r"^(no|donot)[\-_.]?reply[^@]*@"
# A telephone number that no customer number looks like: parted, of a mobile, or of another country.
PHONE = r"^\(?0\d{1,4}[)(\- ]+\d{1,4}[)\- ]+\d{3,4}$|^0[5789]0\d{8}$|^\+\d[\d()\- ]{8,}$"
NAMES = ("name_phone", "name_postcode", "name")
PERSONAL = ("mail", "phone", *NAMES)


@dataclass(frozen=True)
class Identity:
    """The customer of every row.

    customer: coded texts, "" for nobody. counts: kind of key -> rows it told apart, best first.
    dummies: rows with a key that stands for nobody (0, guest, 店頭, 000-0000-0000). linked: rows
    without a number whose mail or telephone number belongs to one. owners: for a kind of key
    beside the number, its texts and the number each belongs to ("" for none). personal: some
    customers are told apart by mail, telephone or name. excluded: rows of customers the settings
    leave out, and how many of those there are; missing: those named that no row has. mixed: among
    the numbers are mail addresses or telephone numbers. forms: where some are told apart by name,
    the customers as compared and as shown. coded: the numbers are those of cells with a number and
    a name (`code_and_name`). walk_ins: rows of numbers whose name is nobody's, and such names.
    """

    customer: Coded
    counts: Mapping[str, int]
    dummies: int
    linked: int
    owners: Mapping[str, tuple[pa.Array, pa.Array]] = field(default_factory=dict)
    excluded: tuple[int, int] = (0, 0)
    missing: int = 0
    mixed: bool = False
    forms: tuple[pa.Array, pa.Array] | None = None
    coded: bool = False
    walk_ins: tuple[int, tuple[str, ...]] = (0, ())

    @property
    def personal(self) -> bool:
        return self.mixed or any(kind in PERSONAL for kind in self.counts)

    def named_by(self, key: str, texts: pa.Array) -> pa.Array:
        """The customers whom texts of this kind of key, in their compared form, stand for."""
        if key == "number" and self.coded:
            texts = bare_codes(texts)
        if key in self.owners:
            known, owner = self.owners[key]
            found = owner.take(pc.index_in(texts, known))
            texts = pc.if_else(pc.equal(pc.fill_null(found, ""), ""), texts, found)
        if self.forms is None:
            return texts
        compared, shown = self.forms
        return pc.coalesce(shown.take(pc.index_in(texts, compared)), texts)


def identify(keys: Sequence[str], parts: Mapping[str, Sequence[Coded]], rows: int) -> Identity:
    """The customer of every row by the first of its keys that is there.

    `keys` best first (`formats.KEYS`), `parts` the columns each is made of. A row without a
    number, but with a mail address or telephone number that elsewhere in the file belongs to
    exactly one number, is that customer's (our rule). Names are shown as written (`as_shown`).
    """
    found = {key: written(key, parts[key]) for key in keys}
    mixed = "number" in found and _tells_persons(found["number"][0].texts)
    coded = "number" in found and _coded(parts["number"][0].texts)
    if len(found) == 1:
        ((key, (column, blank)),) = found.items()
        counts, dummies = {key: int((~blank).sum())}, _dummies(keys, parts, ~blank)
        return _named(
            Identity(column, counts, dummies, linked=0, mixed=mixed, coded=coded), found, parts
        )
    taken, pieces, counts, linked = np.zeros(rows, bool), [], {}, 0
    codes = np.zeros(rows, np.int64)
    texts, offset, owners = [pa.array([""], pa.string())], 1, {}
    number = found.get("number")
    for key, (column, blank) in found.items():
        free = ~taken & ~blank
        if number is not None and key in ("mail", "phone"):
            owner = _owners(column, blank, *number)
            owners[key] = (column.texts, number[0].texts.take(pa.array(owner, mask=owner < 0)))
            link = free & (owner[column.codes] >= 0)
            codes[link] = 1 + owner[column.codes[link]]  # numbers come first among the texts
            taken |= link
            linked += int(link.sum())
            free &= ~link
        codes[free] = offset + column.codes[free]
        taken |= free
        pieces.append(column.texts)
        offset += len(column.texts)
        if free.any():
            counts[key] = int(free.sum())
    whole = pa.concat_arrays([*texts, *pieces]).dictionary_encode()
    customer = Coded(whole.indices.to_numpy()[codes], whole.dictionary)
    dummies = _dummies(keys, parts, taken)
    identity = Identity(customer, counts, dummies, linked, owners, mixed=mixed, coded=coded)
    return _named(identity, found, parts)


def _named(
    identity: Identity,
    found: Mapping[str, tuple[Coded, np.ndarray]],
    parts: Mapping[str, Sequence[Coded]],
) -> Identity:
    """The same with names as they are shown."""
    names = [(parts[key], found[key][0]) for key in found if key in NAMES]
    if not names:
        return identity
    customer = identity.customer
    forms = (customer.texts, as_shown(customer.texts, names))
    return replace(identity, customer=Coded(customer.codes, forms[1]), forms=forms)


def written(key: str, parts: Sequence[Coded]) -> tuple[Coded, np.ndarray]:
    """A key's column in the form in which it is compared, and the rows that have none.

    Numbers stay as written but for width (and case, where one is a mail address), mail addresses
    are lower-cased, telephone numbers are their digits, names lose blanks, differences of width
    and case, and 様 or さん at their end. Numbers that a spreadsheet has rounded (`mangled`) tell
    nobody apart.
    """
    forms = {"number": (_numbers,), "mail": (_mails,), "phone": (_phones,), "name": (bare_names,)}
    forms |= {"name_phone": (bare_names, _phones), "name_postcode": (bare_names, _postcodes)}
    made, blank = None, np.zeros(len(parts[0].codes), bool)
    for part, form in zip(parts, forms[key], strict=True):
        column = renamed(part, form(part.texts))
        blank = blank | column.blank()
        made = column if made is None else paired(made, column)
    if len(parts) > 1:
        lacking = np.zeros(len(made.texts), bool)
        lacking[made.codes[blank]] = True
        made = renamed(made, _blanked(made.texts, pa.array(lacking)))
    return made, blank


def nobody(texts: pa.Array) -> pa.Array:
    """Which texts are words for none, or dummies such as 0, guest or 店頭 (`aliases.toml`).

    So are nines alone, four or more, unless the file has the number before them (our rule), and
    what a total row has in place of a number.
    """
    folded = half_width(texts)
    odd = pc.invert(pc.match_substring_regex(folded, ORDINARY))
    if not pc.any(odd).as_py():
        return odd
    return pc.replace_with_mask(odd, odd, _nobody_among(texts.filter(odd), folded))


def _nobody_among(texts: pa.Array, every: pa.Array) -> pa.Array:
    """`nobody` of those texts of a column that are no `ORDINARY` numbers."""
    bare = bare_texts(texts)
    words = pc.is_in(bare, pa.array(aliases()["no_customer"]["values"]))
    never = pc.or_(pc.or_(words, totals_among(texts)), pc.match_substring_regex(bare, "^0+$"))
    never = pc.or_(never, pc.match_substring_regex(in_half_width(texts), MINUS_ONE))
    never = pc.or_(never, _no_address(bare))
    nines = pc.match_substring_regex(bare, "^9{4,}$")
    if not pc.any(nines).as_py():
        return never
    before = pc.replace_substring_regex(bare, "^(9+)9$", r"\18")
    there = pc.is_in(before, bare_texts(every))
    return pc.or_(never, pc.and_(nines, pc.invert(there)))


def in_half_width(texts: pa.Array) -> pa.Array:
    """Texts in half width, with one kind of hyphen."""
    texts = half_width(texts)
    if pc.all(pc.string_is_ascii(texts)).as_py() is not False:
        return texts
    return pc.replace_substring_regex(texts, "[‐‑‒–−]", "-")


def _numbers(texts: pa.Array) -> pa.Array:
    folded = codes_of(in_half_width(texts), bare_names)
    if pc.any(pc.match_substring(folded, "@")).as_py():
        mails = pc.match_substring_regex(folded, MAIL)
        folded = pc.if_else(mails, pc.utf8_lower(folded), folded)
    return _blanked(folded, pc.or_(nobody(folded), mangled(folded)))


def _coded(texts: pa.Array) -> bool:
    """Whether numbers stand with names (`code_and_name`)."""
    folded = in_half_width(texts)
    return not codes_of(folded, bare_names).equals(folded)


def _mails(texts: pa.Array) -> pa.Array:
    mails = pc.utf8_lower(half_width(texts))
    none = pc.or_(_no_address(mails), pc.match_substring_regex(mails, NOREPLY))
    return _blanked(mails, pc.or_(pc.invert(pc.match_substring_regex(mails, MAIL)), none))


def _no_address(texts: pa.Array) -> pa.Array:
    """Which texts, in lower case, are mail addresses of nobody (`aliases.toml`)."""
    names = "|".join(aliases()["no_customer"]["mails"])
    return pc.match_substring_regex(texts, rf"^({names})@|{DUMMY_MAIL}")


def _phones(texts: pa.Array) -> pa.Array:
    folded = in_half_width(texts)
    plain_texts = pc.replace_substring_regex(folded, r"^\+?81(\D)?0?", "0")
    digits = pc.replace_substring_regex(plain_texts, r"\D", "")
    with_zero = pc.binary_join_element_wise("0", digits, "")
    digits = pc.if_else(pc.is_in(with_zero, digits), with_zero, digits)
    dummy = pc.match_substring_regex(digits, DUMMY_PHONE)
    short = pc.less(pc.utf8_length(digits), FEWEST_DIGITS)
    return _blanked(digits, pc.or_(pc.or_(dummy, short), mangled(folded)))


def bare_names(texts: pa.Array) -> pa.Array:
    """Names in the form in which they are compared, "" for those of nobody."""
    whole = bare_texts(texts)
    bare = pc.replace_substring_regex(whole, HONORIFIC, r"\1\2")
    words = pa.array(aliases()["no_customer"]["values"])
    none = pc.or_(pc.is_in(bare, words), pc.is_in(whole, words))  # 上様 is nobody, 上 is not
    return _blanked(bare, pc.or_(none, totals_among(texts)))


def _postcodes(texts: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(pc.utf8_lower(half_width(texts)), r"[^0-9a-z]", "")


def bare_texts(texts: pa.Array) -> pa.Array:
    """Texts without what makes no difference, as `names.plain` does it one by one."""
    return pc.replace_substring_regex(pc.utf8_lower(half_width(texts)), r"[\s_\-]", "")


def _blanked(texts: pa.Array, where: pa.Array) -> pa.Array:
    return pc.if_else(where, "", texts)


def _tells_persons(texts: pa.Array) -> bool:
    """Whether some of these numbers are mail addresses or telephone numbers."""
    return bool(pc.any(pc.match_substring_regex(texts, f"{MAIL}|{PHONE}")).as_py())


def _owners(column: Coded, blank: np.ndarray, number: Coded, nameless: np.ndarray) -> np.ndarray:
    """For every text of a column the code of the one number it is seen with, else -1."""
    both = ~blank & ~nameless
    _, texts, numbers = pair_codes(column.codes[both], number.codes[both])
    owner = np.full(len(column.texts), -1, np.int64)
    owner[texts] = numbers
    several = np.bincount(texts, minlength=len(column.texts)) > 1
    owner[several] = -1
    return owner


def _dummies(keys: Sequence[str], parts: Mapping[str, Sequence[Coded]], taken: np.ndarray) -> int:
    """Rows of nobody whose first key is not simply blank, nor a number that was rounded."""
    if not keys:
        return 0
    first = parts[keys[0]][0]
    rounded = first.rows_of(mangled(first.texts))
    return int((~taken & ~first.blank() & ~rounded).sum())
