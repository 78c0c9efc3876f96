"""Small sales files, written and read."""

import pytest

from toolkit.intake import read_sales
from toolkit.intake.tables.files import open_files
from toolkit.intake.tables.grid import gather
from toolkit.problems import InputProblem
from toolkit.settings import Settings


class Shop:
    """Writes a file into a temporary folder and reads it."""

    def __init__(self, folder):
        self.folder = folder

    def path(self, content, name="sales.csv", encoding="utf-8"):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def read(self, content, name="sales.csv", encoding="utf-8", **settings):
        settings = {"language": "en"} | settings
        return read_sales(self.path(content, name, encoding), Settings.checked(settings))

    def orders(self, content, **options):
        """The orders as plain dictionaries, in the file's order."""
        return self.read(content, **options).orders.order_by("source_row").to_pyarrow().to_pylist()

    def amounts(self, content, **options):
        return [order["amount"] for order in self.orders(content, **options)]

    def reasons(self, content, **options):
        """[(row, reason, value)] of the rows set aside."""
        frame = self.read(content, **options).set_aside
        return list(zip(frame["source_row"], frame["reason"], frame["value"], strict=True))

    def notes(self, content, **options):
        return {note.key: dict(note.values) for note in self.read(content, **options).notes}

    def faults(self, content, **options):
        """{key: values} of the problem the file makes."""
        with pytest.raises(InputProblem) as caught:
            self.read(content, **options)
        assert caught.value.text("ja") and caught.value.text("en")  # every placeholder is filled
        return dict(caught.value.faults)


@pytest.fixture
def shop(tmp_path):
    return Shop(tmp_path)


class Table:
    """An opened grid with all its rows: {number: cells} and what is broken in it."""

    def __init__(self, grid):
        self.grid = grid
        read = gather(grid, range(len(grid.header)))
        columns = [each.at(range(len(read))).to_pylist() for each in read.columns.values()]
        self.rows = dict(zip(read.numbers.tolist(), zip(*columns, strict=True), strict=True))
        self.broken = [(each.row, each.text, each.reason) for each in read.broken]


class Drawer:
    """Writes files into a temporary folder and opens them."""

    def __init__(self, folder):
        self.folder = folder

    def put(self, name, content, encoding="utf-8"):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def table(self, content, name="sales.csv", encoding="utf-8"):
        """The only table in a file of this content."""
        (grid,) = open_files(self.put(name, content, encoding))
        return Table(grid)

    def names(self, sales_file):
        return [grid.name for grid in open_files(sales_file)]

    def faults(self, sales_file):
        """[(key, values)] of the problem, its words filled in both languages."""
        with pytest.raises(InputProblem) as caught:
            for grid in open_files(sales_file):
                Table(grid)
        assert caught.value.text("ja") and caught.value.text("en")
        return caught.value.faults


@pytest.fixture
def drawer(tmp_path):
    return Drawer(tmp_path)
