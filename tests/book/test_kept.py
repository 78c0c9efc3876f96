from dataclasses import dataclass, field

import pandas as pd

from toolkit.book.kept import kept


@dataclass(frozen=True, eq=False)
class Counted:
    asked: list = field(default_factory=list)

    @kept
    def table(self, span="month", *, whole=True):
        """A frame."""
        self.asked.append((span, whole))
        return pd.DataFrame({"span": [span]})

    @kept
    def total(self):
        """Nothing that can be copied."""
        self.asked.append("total")


def test_an_answer_is_worked_out_once_for_the_same_question():
    book = Counted()
    for _ in range(3):
        assert book.table("year").span.tolist() == ["year"]
        book.table("year", whole=False)
        book.total()
    assert book.asked == [("year", True), ("year", False), "total"]
    assert Counted.table.__doc__ == "A frame."


def test_every_book_has_answers_of_its_own():
    one, other = Counted(), Counted()
    one.table()
    other.table()
    assert one.asked == other.asked == [("month", True)]


def test_who_changes_a_frame_changes_only_their_own():
    book = Counted()
    found = book.table()
    found["span"] = "changed"
    assert book.table().span.tolist() == ["month"]
