"""Files with one column more that says something of its orders, and what was said of it."""

from toolkit.words import Words

HEAD = "会員ID,注文日,金額,{name}\n"
MARKED = "注文番号,注文日,会員番号,金額,{name}\n"


def marked(name, out, kept):
    """Forty orders of 100 yen, every eighth of them marked `out` and the others `kept`."""
    rows = (
        f"{50000 + i},2024-0{1 + i // 20}-{1 + i % 20:02d},{1000 + i % 7},100,"
        f"{kept if i % 8 else out}"
        for i in range(40)
    )
    return MARKED.format(name=name) + "\n".join(rows) + "\n"


def filled_in(name, filled, blank="", rows=10):
    """Ten orders of 100 to 1,000 yen, those of `filled` (by their place) with something in a
    column of this name, the others `blank`; the first stands on row 2."""
    return MARKED.format(name=name) + "".join(
        f"{500 + i},2024-01-{i + 1:02d},{7 + i % 4},{100 * (i + 1)},{filled.get(i, blank)}\n"
        for i in range(rows)
    )


def said(shop, text, language="en"):
    notes = [note for note in shop.read(text).notes if note.key == "status_values"]
    return [Words(language).say(f"note.{note.key}", **note.values) for note in notes]
