"""The front door: what it refuses and how it says so, what it offers, what it prints."""

import ast
import json
import locale
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit import cli, resources
from toolkit.desk import Failure
from toolkit.intake.columns.formats import known_formats
from toolkit.settings import Settings
from toolkit.words import LANGUAGES, Words

GOOD = "customer_id,order_date,amount\nA,2024-01-05,1000\nB,2025-03-01,2500\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to work in, on a machine that speaks English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(locale, "getlocale", lambda *_: ("en_US", "UTF-8"))
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli.main, [str(a) for a in arguments])


def refused(result, folder, *left):
    """Exit code 2, a message and nothing else: no traceback, nothing written."""
    assert result.stdout == ""
    return stopped(result, folder, *left)


def stopped(result, folder, *left):
    """Exit code 2 and a message, whatever was told before."""
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr and "Error:" not in result.stderr.splitlines()[0]
    assert sorted(path.name for path in folder.iterdir()) == sorted(left)
    return result.stderr.strip()


@pytest.mark.parametrize("command", ["report", "check"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_file_is_named(here, command, language):
    said = refused(run(command, "shop.csv", "--language", language), here)
    assert said == Words(language).say("problem.file_missing", file="shop.csv")


@pytest.mark.parametrize("command", ["report", "check"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_without_a_table_is_refused(here, command, language):
    (here / "shop").mkdir()
    said = refused(run(command, "shop", "--language", language), here, "shop")
    assert "shop" in said
    assert said.startswith(Words(language)["problem.no_files"].split("{file}")[0])


FAULTS = {
    "empty_file": (b"", (), "Export it again"),
    "no_customer_column": (b"when,amount,order_date\nx,1,2024-01-05\n", (), "--customer"),
    "no_amount_column": (b"customer_id,order_date\nA,2024-01-05\n", (), "--no-amount"),
    "not_text": (bytes(range(128, 256)) * 40, (), "UTF-8"),
    "ambiguous_dates": (b"customer_id,order_date,amount\nA,1/2/2024,1\n", (), "--date-order"),
    "two_decimal_marks": (
        b'customer_id,order_date,amount\nA,2024-01-05,"1,5"\nA,2024-01-06,1.5\n',
        (),
        "--decimal-mark",
    ),
    "closing_too_late": (GOOD.encode(), ("--closing-date", "2025-04-02"), "--closing-date"),
    "no_row_kept": (b"customer_id,order_date,amount\n,2024-01-05,1\n", (), "--customer"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(here, fault, language):
    content, options, advice = FAULTS[fault]
    (here / "shop.csv").write_bytes(content)
    result = run("check", "shop.csv", "--language", language, *options)
    said = stopped(result, here, "shop.csv")
    told = fault not in ("empty_file", "not_text")
    assert (Words(language)["check.columns"] in result.stdout) == told
    assert "shop.csv" in said and len(said.splitlines()) == 1
    assert advice in said or language == "ja"
    assert bool(re.search("[ぁ-ん]", said)) == (language == "ja")
    opening = Words(language)[f"problem.{fault}"].split("{")[0]
    assert said.startswith(opening)


def test_a_month_beyond_the_last_order_is_still_allowed(here):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    result = run("check", "shop.csv", "--closing-date", "2025-04-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2025-04-01" in result.stdout


def test_the_order_of_dates_and_the_decimal_mark_can_be_given(here):
    text = 'customer_id,order_date,amount\nA,1/2/2024,"1,5"\nA,2/2/2024,"2.5"\n'
    (here / "shop.csv").write_text(text, encoding="utf-8")
    options = ("--date-order", "dmy", "--decimal-mark", ",", "--currency", "EUR")
    result = run("check", "shop.csv", *options, "-p", "decimal_mark=.", "--language", "en")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2024-02-02" in result.stdout


@pytest.mark.parametrize("command", ["report", "check"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_misspelt_parameter_is_told_its_nearest_name(here, command, language):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    result = run(command, "shop.csv", "-p", "laps_days=200", "--language", language)
    said = refused(result, here, "shop.csv")
    near = {"name": "laps_days", "near": "lapse_days"}
    assert said == Words(language).say("problem.unknown_parameter_near", **near)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_known_systems_are_listed_below_each_other(here, language):
    result = run("formats", "--language", language)
    assert (result.exit_code, result.stderr) == (0, "")
    listed = [line for line in result.stdout.splitlines() if line.startswith("  ")]
    systems = known_formats()
    assert [line.split()[0] for line in listed] == list(systems)
    starts = {line.index(systems[line.split()[0]].system[language]) for line in listed}
    assert len(starts) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_system_says_how_to_export(here, language):
    result = run("formats", "square", "--language", language)
    assert (result.exit_code, result.stderr) == (0, "")
    assert known_formats()["square"].export[language] in result.stdout
    assert "Transaction ID" in result.stdout and "Refund" in result.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_system_is_told_the_nearest(here, language):
    said = refused(run("formats", "shopfy", "--language", language), here)
    assert said == Words(language).say("problem.unknown_format", name="shopfy", near="shopify")


def test_a_known_system_is_named_by_the_check(here):
    text = "販売日時,商品ID,商品名,商品単価,販売個数,顧客ID\n2024-01-05,T,茶,500,2,0001\n"
    (here / "shop.csv").write_text(text, encoding="cp932")
    result = run("check", "shop.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    assert known_formats()["kokyaku_bunsekikun"].limits["en"] in result.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pair_needs_an_equals_sign(here, language):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    result = run("report", "shop.csv", "-p", "lapse_days", "--language", language)
    said = refused(result, here, "shop.csv")
    assert said == Words(language).say("problem.not_a_pair", pair="lapse_days")


@pytest.mark.parametrize(
    "options, key",
    [
        (("--margin", "1.5"), "setting_limits"),
        (("--lapse-days", "soon"), "setting_unreadable"),
        (("--profile", "modern"), "setting_choice"),
        (("--currency", "YEN"), "setting_unreadable"),
        (("--timezone", "Mars/Base"), "setting_unreadable"),
        (("--day-starts-at", "25:00"), "setting_unreadable"),
        (("--closing-date", "31.12.2025"), "setting_unreadable"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_setting_out_of_range_is_refused(here, options, key, language):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    result = run("report", "shop.csv", *options, "--language", language)
    said = refused(result, here, "shop.csv")
    assert options[1] in said and options[0].strip("-").replace("-", "_") in said
    assert bool(re.search("[ぁ-ん]", said)) == (language == "ja")
    shape = re.escape(Words(language)[f"problem.{key}"])
    assert re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", shape), said)


def test_all_faults_of_the_options_are_told_at_once(here):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    result = run("report", "shop.csv", "--margin", "2", "-p", "kapa=1", "--language", "en")
    said = refused(result, here, "shop.csv").splitlines()
    assert len(said) == 2
    assert any("--margin (setting margin) = 2" in line for line in said)
    assert any("“kapa”" in line for line in said)


def test_a_misspelt_option_is_told_its_nearest_name(here):
    result = run("report", "shop.csv", "--laps-days", "200")
    assert result.exit_code == 2
    assert "--laps-days" in result.stderr and "--lapse-days" in result.stderr
    assert "Traceback" not in result.stderr and list(here.iterdir()) == []


def test_an_unknown_language_is_refused(here):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    said = refused(run("report", "shop.csv", "--language", "fr"), here, "shop.csv")
    assert "fr" in said and "ja, en, both" in said


def test_a_parameter_can_be_set_by_its_name_or_its_option(here):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    one = run("check", "shop.csv", "-p", "closing_date=2025-03-05")
    two = run("check", "shop.csv", "--closing-date", "2025-03-05")
    assert one.exit_code == two.exit_code == 0
    assert one.stdout == two.stdout and "2025-03-05" in one.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_prints_what_it_recognises_and_writes_nothing(here, language):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    result = run("check", "shop.csv", "--language", language)
    assert (result.exit_code, result.stderr) == (0, "")
    for shown in ("shop.csv", "customer_id", "order_date", "amount", "2024-01-05", "2025-03-01"):
        assert shown in result.stdout
    assert Words(language)["check.customers"] in result.stdout
    assert [path.name for path in here.iterdir()] == ["shop.csv"]


DOUBT = "会員番号,A日,B日,金額\n" + "".join(
    f"K{i % 9},2024-01-{i % 28 + 1:02d},2024-02-{i % 28 + 1:02d},{i}00\n" for i in range(60)
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_doubt_is_told_below_the_columns(here, language):
    (here / "shop.csv").write_text(DOUBT, encoding="utf-8")
    result = run("check", "shop.csv", "--language", language)
    said = stopped(result, here, "shop.csv")
    assert "`--date A日`" in said and "`--date B日`" in said
    assert Words(language)["check.head_taken_for"] in result.stdout and "B日" in result.stdout
    assert run("check", "shop.csv", "--date", "A日").exit_code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_whose_file_is_in_doubt_is_kept_with_the_questions(here, language):
    (here / "shop.csv").write_text(DOUBT, encoding="utf-8")
    result = run("init", "yamada", "shop.csv", "--language", language)
    said = stopped(result, here, "shop.csv", "clients")
    assert "`--date A日`" in said and "`--date B日`" in said
    path = here / "clients" / "yamada" / "client.yaml"
    shown = str(path.relative_to(here))
    assert Words(language).say("cli.client_questions", file=shown) in result.stdout
    text = path.read_text(encoding="utf-8")
    assert "\n# date_column:\n" in text and "\ncustomer_column: 会員番号\n" in text
    path.write_text(text.replace("# date_column:", "date_column: A日"), encoding="utf-8")
    assert run("check", "yamada").exit_code == 0


def test_several_files_are_checked_as_one(here):
    for year in (2023, 2024):
        text = GOOD.replace("2025", "2024").replace("2024", str(year))
        (here / f"{year}.csv").write_text(text, encoding="utf-8")
    one, two = run("check", "2023.csv", "2024.csv"), run("check", "*.csv")
    assert (one.exit_code, one.stderr) == (0, "") and one.stdout == two.stdout
    assert "2023.csv (+1)" in one.stdout and "2023-01-05" in one.stdout


def test_every_missing_file_of_several_is_refused(here):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    said = refused(run("report", "shop.csv", "gone.csv"), here, "shop.csv")
    assert said == Words("en").say("problem.file_missing", file="gone.csv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_is_kept_in_a_file_and_read_from_it(here, language):
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    words = Words(language)
    result = run("init", "yamada", "shop.csv", "--language", language, "--lapse-days", "100")
    assert (result.exit_code, result.stderr) == (0, "")
    path = Path("clients") / "yamada" / "client.yaml"
    assert result.stdout.splitlines() == [
        words.say("cli.client_file", file=str(path)),
        words.say("cli.client_next", name="yamada"),
    ]
    by_name, by_path = run("check", "yamada"), run("check", str(path))
    assert by_name.exit_code == 0 and by_name.stdout == by_path.stdout
    assert words["check.customers"] in by_name.stdout  # the file has the language
    above = run("check", "yamada", "--language", "en", "--closing-date", "2025-03-20")
    assert "2025-03-20" in above.stdout and "Closing date" in above.stdout
    said = stopped(
        run("init", "yamada", "shop.csv", "--language", language), here, "clients", "shop.csv"
    )
    assert said == words.say("problem.client_exists", file=str(path))


def test_options_go_before_the_client_file(here, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "toolkit.desk.diagnose", lambda settings, out, told: seen.append((settings, out))
    )
    monkeypatch.setattr(cli, "_told", lambda *_: [])
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    run("init", "山田 商店", "shop.csv", "--lapse-days", "100")
    assert run("report", "山田 商店", "--margin", "0.5", "-p", "lapse_days=200").exit_code == 0
    ((settings, out),) = seen
    assert (settings.lapse_days, settings.margin, settings.client) == (200, 0.5, "山田 商店")
    assert Path(settings.sales_files[0]).resolve() == here / "shop.csv" and out == Path("out")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_misspelt_setting_of_a_client_is_told_its_nearest_name(here, language):
    folder = here / "clients" / "yamada"
    folder.mkdir(parents=True)
    path = folder / "client.yaml"
    path.write_text("sales_file: ../../shop.csv\nlaps_days: 100\nmargin: 3\n", encoding="utf-8")
    said = stopped(run("report", "yamada", "--language", language), here, "clients").splitlines()
    words = Words(language)
    shown = str(Path("clients") / "yamada" / "client.yaml")
    assert said[0] == words.say("problem.client_file_faults", file=shown)
    near = {"name": "laps_days", "near": "lapse_days"}
    assert (
        said[1] == words.say("problem.unknown_parameter_near", **near) and "margin = 3" in said[2]
    )
    path.write_text("lapse_days: 100\n", encoding="utf-8")
    said = stopped(run("report", "yamada", "--language", language), here, "clients")
    assert said == words.say("problem.client_without_sales", file=shown)
    said = stopped(run("check", "gone.yaml", "--language", language), here, "clients")
    assert said == words.say("problem.file_missing", file="gone.yaml")


def test_short_names_stand_for_the_columns(here):
    (here / "shop.csv").write_text("a,b,c\nA,2024-01-05,1000\n", encoding="utf-8")
    result = run("check", "shop.csv", "--customer", "a", "--date", "b", "--amount", "c")
    assert result.exit_code == 0, result.stderr
    assert run("check", "shop.csv", "--customer-column", "a").exit_code == 2


def options_of(command):
    return {p.name: p for p in cli.main.commands[command].params if p.name not in ("files", "name")}


def test_every_setting_is_an_option_and_every_option_a_setting():
    fields = set(Settings.model_fields) - {"sales_file"}
    assert set(options_of("report")) == fields | {"pairs"}
    for command in ("check", "init"):
        assert set(options_of(command)) == (fields - {"out"}) | {"pairs"}


def test_every_setting_is_a_parameter_of_the_notebook_with_the_same_default():
    text = (resources.folder("notebooks") / "diagnosis.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    source = next(
        "".join(c["source"]) for c in cells if c["metadata"].get("tags") == ["parameters"]
    )
    assigned = [n for n in ast.parse(source).body if isinstance(n, ast.Assign)]
    given = {n.targets[0].id: ast.literal_eval(n.value) for n in assigned}
    assert list(given) == list(Settings.model_fields)
    assert Settings.checked(given) == Settings()


@pytest.mark.parametrize("system, sign", [("ja_JP", True), ("en_US", False), (None, False)])
def test_every_option_has_help_in_the_language_of_the_machine(system, sign):
    environment = os.environ | {"PYTHONUTF8": "1"}
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        environment.pop(name, None)
    code = (
        "import locale, sys\n"
        f"locale.getlocale = lambda *_: ({system!r}, 'UTF-8')\n"
        "from toolkit.cli import main\n"
        "main(['report', '--help'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, encoding="utf-8"
    )
    assert (done.returncode, done.stderr) == (0, "")
    words = Words("ja" if sign else "en")
    shown = re.sub(r"\s+", "", done.stdout)
    for name in [*Settings.model_fields, "pairs"]:
        if name != "sales_file":
            assert re.sub(r"\s+", "", words[f"option.{name}"]) in shown, name
            assert name == "pairs" or f"--{name.replace('_', '-')}" in done.stdout


def test_the_version_is_told_and_help_is_a_letter_away():
    assert re.search(r"\d+\.\d+", run("--version").stdout)
    assert run("-h").exit_code == 0
    assert {"report", "check", "init", "demo"} <= set(cli.main.commands)


def test_help_needs_none_of_the_heavy_libraries():
    heavy = {"pandas", "ibis", "duckdb", "matplotlib", "papermill", "sklearn"}
    code = f"import sys, toolkit.cli; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"


def test_a_finished_run_is_told_in_the_language_asked_for(here, monkeypatch):
    folder = Path("out") / "shop" / "2025-03-01"

    def diagnosed(settings, out, told):
        told(1, 1, "settings")
        folder.mkdir(parents=True)
        facts = '{"source": {"rows_read": 1200, "rows_kept": 1100}}'
        (folder / "facts.json").write_text(facts, encoding="utf-8")
        (folder / "report.ja.html").touch()
        (folder / "tables").mkdir()
        (folder / "groups.csv").write_text("customer_id,sent,reason\n1,2025-02-01,\n")
        return folder

    monkeypatch.setattr("toolkit.desk.diagnose", diagnosed)
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    result = run("report", "shop.csv", "--language", "ja")
    assert (result.exit_code, result.stderr) == (0, "")
    words = Words("ja")
    lines = result.stdout.splitlines()
    assert lines[0] == words.say("cli.rows", read=1200, kept=1100, left=100)
    assert lines[1] == words.say("cli.done", folder=str(folder))
    assert lines[2] == words.say("cli.kept", files="groups.csv")
    names = ["report.ja.html", "groups.csv", "facts.json", "tables"]
    assert [line.split()[0] for line in lines[3:]] == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_of_ours_is_one_sentence_and_exit_code_1(here, monkeypatch, language):
    def failing(settings, out, told):
        raise Failure("KeyError: 'n'", Path("/tmp/x"))

    monkeypatch.setattr("toolkit.desk.diagnose", failing)
    (here / "shop.csv").write_text(GOOD, encoding="utf-8")
    result = run("report", "shop.csv", "--language", language)
    assert (result.exit_code, result.stdout) == (1, "")
    where = str(Path("/tmp/x") / "diagnosis.ipynb")
    said = Words(language).say("cli.failed", reason="KeyError: 'n'", folder=where)
    assert result.stderr.strip() == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_value_is_told_with_the_option_as_typed(here, language):
    said = refused(run("check", "x.csv", "--date-order", "xyz", "--language", language), here)
    both = {"option": "--date-order", "name": "date_order"}
    assert Words(language).say("problem.option_and_setting", **both) in said
    said = refused(run("check", "x.csv", "-p", "date_order=xyz", "--language", language), here)
    assert "--date-order" not in said and "date_order" in said
