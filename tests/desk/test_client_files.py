"""A client's settings written down, and read back to the same reading."""

import random
from pathlib import Path

import pytest
import yaml

from toolkit.client_file import read_client_file
from toolkit.desk import write_client_file
from toolkit.desk.client_files import GROUPS
from toolkit.intake import check_sales, read_sales
from toolkit.problems import InputProblem
from toolkit.settings import Settings
from toolkit.words import LANGUAGES, Words

TEXT = "伝票 No,お客様CD,年月日(売上),お買上額,品名\n" + "".join(
    f"{7000 + i},K{i * 7 % 31:03d},2024/{1 + i // 28:02d}/{1 + i % 28:02d},"
    f"{100 * (i % 37 + 3)},茶{i % 9}\n"
    for i in range(300)
)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "売上.csv").write_text(TEXT, encoding="utf-8")
    return tmp_path


def written(language="ja", files="売上.csv", **given):
    settings = Settings.checked({"sales_file": files} | given)
    path = write_client_file("山田商店", settings, check_sales(files, settings), language)
    return path, settings


def test_what_was_recognised_stands_in_the_file(here):
    path, _ = written(language="ja")
    assert path == Path("clients/山田商店/client.yaml")
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert kept == {
        "sales_file": "../../売上.csv",
        "client": "山田商店",
        "language": "both",
        "currency": "JPY",
        "profile": "classic",
        "customer_column": "お客様CD",
        "date_column": "年月日(売上)",
        "amount_column": "お買上額",
        "order_column": "伝票 No",
        "product_name_column": "品名",
    } | {name: False for name, unit in Settings.units().items() if unit == "switch"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_stands_there_with_its_unit_and_its_default(here, language):
    lines = written(language)[0].read_text(encoding="utf-8").splitlines()
    words = Words(language)
    for name, unit in Settings.units().items():
        at = next(i for i, line in enumerate(lines) if line.lstrip("# ").startswith(f"{name}:"))
        told = [line for line in lines[max(at - 2, 0) : at] if line.startswith("# ")]
        assert any(f"[{words[f'setting_unit.{unit}']}]" in line for line in told), name
    assert "# horizon_days: 180" in lines and "# lapse_days:" in lines
    assert sorted(sum(map(list, GROUPS.values()), [])) == sorted(Settings.model_fields)


def test_the_file_reads_back_to_the_same_orders(here):
    path, settings = written(exclude_customers="K003", lapse_days=200, closing_date="2024-11-30")
    again = Settings.checked(read_client_file(path))
    assert (again.lapse_days, again.exclude_customers) == (200, "K003")
    assert again.closing_date == settings.closing_date and again.client == "山田商店"
    first, second = (read_sales(s.sales_files, s) for s in (settings, again))
    assert first.orders.to_pyarrow().equals(second.orders.to_pyarrow())
    assert first.source.columns == second.source.columns


def test_every_commented_setting_can_be_switched_on(here):
    path, _ = written()
    text = path.read_text(encoding="utf-8")
    for name in Settings.model_fields:
        text = text.replace(f"\n# {name}:", f"\n{name}:")
    path.write_text(text, encoding="utf-8")
    assert Settings.checked(read_client_file(path)).horizon_days == 180


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_could_not_be_recognised_stands_there_as_a_question(here, language):
    rows = (
        f"K{i % 9},2024-01-{i % 28 + 1:02d},2024-02-{i % 28 + 1:02d},{i}00\n" for i in range(60)
    )
    (here / "売上.csv").write_text("会員番号,A日,B日,金額\n" + "".join(rows), encoding="utf-8")
    path, settings = written(language)
    text, words = path.read_text(encoding="utf-8"), Words(language)
    kept = yaml.safe_load(text)
    assert (kept["customer_column"], kept["amount_column"]) == ("会員番号", "金額")
    assert "date_column" not in kept
    told = check_sales("売上.csv", settings).problem.text(language)
    head = words["client_file.group_questions"]
    assert f"# == {head} ==\n# {told}\n" in text
    at = text.index("# date_column:")
    question = words["client_file.question"].split("{")[0]
    assert f"# {question}" in text[:at].splitlines()[-1] and "A日 (" in text[:at].splitlines()[-1]


def test_a_column_that_nothing_comes_near_is_asked_for(here):
    (here / "売上.csv").write_text("会員番号,備考,金額\nK1,x,100\nK2,y,200\n", encoding="utf-8")
    text = written("en")[0].read_text(encoding="utf-8")
    assert f"# {Words('en')['client_file.question_open']}\n# date_column:\n" in text


def test_other_faults_of_the_file_are_questions_too(here):
    (here / "売上.csv").write_text("会員番号,注文日,金額\nK1,2024-01-05,$10\n", encoding="utf-8")
    text = written("en")[0].read_text(encoding="utf-8")
    assert "--currency" in text.split("# == Files ==")[0]
    assert yaml.safe_load(text)["date_column"] == "注文日"


def test_an_existing_file_is_never_overwritten(here):
    path, _ = written()
    path.write_text("client: mine\n", encoding="utf-8")
    with pytest.raises(InputProblem) as caught:
        written()
    assert caught.value.faults == [("client_exists", {"file": str(path)})]
    assert path.read_text(encoding="utf-8") == "client: mine\n"


def test_several_files_stand_below_each_other(here):
    (here / "more").mkdir()
    (here / "more" / "b, c.csv").write_text(TEXT.replace("2024/", "2023/"), encoding="utf-8")
    path, _ = written(files=("売上.csv", "more/b, c.csv"))
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert kept["sales_file"] == ["../../売上.csv", "../../more/b, c.csv"]
    again = Settings.checked(read_client_file(path))
    assert len(read_sales(again.sales_files, again).source.files) == 2


def test_columns_that_would_change_the_reading_are_only_told(here):
    text = "会員ID,メールアドレス,注文日,金額\n1,a@example.com,2024-01-05,5\n"
    text += ",b@example.com,2024-01-05,5\n"
    (here / "売上.csv").write_text(text, encoding="utf-8")
    path, _ = written("en")
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert "customer_column" not in kept and kept["date_column"] == "注文日"
    assert "# recognised: 会員ID, メールアドレス\n# customer_column:" in path.read_text(
        encoding="utf-8"
    )


def test_a_known_export_keeps_its_own_rules(here, real_data):
    source = real_data / "export_formats" / "shopify_orders_sample.csv"
    settings = Settings.checked({"sales_file": str(source), "currency": "USD"})
    path = write_client_file("shop", settings, check_sales(source, settings), "en")
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert not [name for name in kept if name.endswith("_column")]
    assert "# recognised: Total\n# amount_column:" in path.read_text(encoding="utf-8")
    assert (kept["currency"], kept["profile"]) == ("USD", "auto")


def test_what_needs_quotation_marks_has_them(here):
    odd = [
        "a: b",
        "# c",
        "- d",
        "yes",
        '"e"',
        "f\\g",
        "'",
        "h, [i]",
        "1.0",
        " j ",
        "{k}",
        "*l",
        "m%",
    ]
    draw = random.Random(1)
    for name in odd:
        head = [name, "注文日", "金額"]
        draw.shuffle(head)
        cell = {name: "1", "注文日": "2024-01-05", "金額": "5"}
        quoted = ['"' + h.replace('"', '""') + '"' for h in head]
        text = ",".join(quoted) + "\n" + ",".join(cell[h] for h in head) + "\n"
        (here / "x.csv").write_text(text, encoding="utf-8")
        settings = Settings.checked({"customer_column": name.strip()})
        path = write_client_file(
            f"c{odd.index(name)}", settings, check_sales("x.csv", settings), "en"
        )
        assert read_client_file(path)["customer_column"] == name.strip()


def test_another_column_that_may_tell_customers_apart_stands_below_the_one_chosen(here):
    rows = [f"{1001 + i % 9},{77001 + i % 9},2024-01-{i + 1:02},{900 + 7 * i}" for i in range(28)]
    rows[20] = "1003,77099,2024-01-21,500"
    (here / "売上.csv").write_text(
        "会員番号,顧客コード,注文日,金額\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    path, _ = written("en")
    text = path.read_text(encoding="utf-8")
    chosen = yaml.safe_load(text)["customer_column"]
    other = {"会員番号": "顧客コード", "顧客コード": "会員番号"}[chosen]
    assert f"customer_column: {chosen}\n# or: customer_column: {other}\n" in text
    assert "# or: date_column" not in text
