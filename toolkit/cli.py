"""The front door: `leakybucket report`, `check`, `init`, `formats`, `demo`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from glob import has_magic
from pathlib import Path
from typing import Any

import click

from toolkit.client_file import client_file, read_client_file
from toolkit.problems import InputProblem
from toolkit.settings import Settings
from toolkit.usage import SpokenGroup, ui_language
from toolkit.words import Words

SHORT = {
    "customer_column": "--customer",
    "date_column": "--date",
    "time_column": "--time",
    "amount_column": "--amount",
    "order_column": "--order",
    "price_column": "--price",
    "quantity_column": "--quantity",
    "status_column": "--status",
    "product_column": "--product",
    "product_name_column": "--product-name",
    "subscription_column": "--subscription",
    "discount_column": "--discount",
    "points_column": "--points",
    "row_kind_column": "--row-kind",
}
NOT_OPTIONS = ("sales_file", "out")
SEVERAL = ("sheet",)  # options that may be given again and again


def option_of(name: str) -> str:
    """The option of a setting, the shorter one where it has two."""
    return SHORT.get(name, "--" + name.replace("_", "-"))


def _option(name: str, words: Words) -> Callable:
    flag = "--" + name.replace("_", "-")
    flags = [SHORT[name], flag] if name in SHORT else [flag]
    unit = Settings.units()[name]
    if unit == "switch":
        return click.option(*flags, name, is_flag=True, default=None, help=words[f"option.{name}"])
    metavar = unit.upper()
    if name in SEVERAL:
        given = {"multiple": True, "callback": lambda _, __, named: named or None}
        return click.option(*flags, name, metavar=metavar, help=words[f"option.{name}"], **given)
    return click.option(*flags, name, metavar=metavar, help=words[f"option.{name}"])


def settings_options(command: Callable) -> Callable:
    """Every field of Settings as an option, and -p for setting any of them by its name."""
    words = Words(ui_language())
    command = click.option(
        "-p", "pairs", multiple=True, metavar="KEY=VALUE", help=words["option.pairs"]
    )(command)
    for name in reversed([n for n in Settings.model_fields if n not in NOT_OPTIONS]):
        command = _option(name, words)(command)
    return command


@click.group(cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="leakybucket")
def main() -> None:
    """Customer-retention diagnosis from a sales file. 売上ファイルから顧客維持を診断します。"""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--out", default="out", metavar="DIR", help=Words(ui_language())["option.out"])
@settings_options
def report(files: tuple[str, ...], out: str, pairs: tuple[str, ...], **options: Any) -> None:
    """Write the diagnosis of FILE, or of a client (init). FILE の診断レポートを作ります。"""
    settings, language = _settings(files, options, pairs)
    if "out" in settings.model_fields_set:
        out = settings.out or out
    _diagnose(settings, Path(out), language)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@settings_options
def check(files: tuple[str, ...], pairs: tuple[str, ...], **options: Any) -> None:
    """Say what is recognised in FILE, without a report. FILE の読み取り結果だけを表示します。"""
    settings, language = _settings(files, options, pairs)
    found, told = _checked(settings, language)
    click.echo("\n".join(told))
    if found.problem is not None:
        _refuse(found.problem.text(language))


@main.command()
@click.argument("name")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@settings_options
def init(name: str, files: tuple[str, ...], pairs: tuple[str, ...], **options: Any) -> None:
    """Keep the settings of a client in a file. お店ごとの設定ファイルを作ります。"""
    settings, language = _settings(files, options, pairs)
    from toolkit.desk import write_client_file

    found, told = _checked(settings, language)
    try:
        path = write_client_file(name, settings, found, language)
    except InputProblem as problem:
        _refuse(problem.text(language))
    words = Words(language)
    if found.problem is not None:
        click.echo("\n".join([*told, "", words.say("cli.client_questions", file=str(path))]))
        _refuse(found.problem.text(language))
    click.echo(words.say("cli.client_file", file=str(path)))
    client = path.parent.name
    click.echo(words.say("cli.client_next", name=f'"{client}"' if " " in client else client))


@main.command()
@click.argument("name", required=False)
@click.option("--language", metavar="ja|en", help=Words(ui_language())["option.spoken"])
def formats(name: str | None, language: str | None) -> None:
    """Known shop systems; with NAME, how to export. 読める書き出しと手順を表示します。"""
    from toolkit.intake import format_lines

    spoken = ui_language(language)
    try:
        click.echo("\n".join(format_lines(name, spoken)))
    except InputProblem as problem:
        _refuse(problem.text(spoken))


@main.command()
@click.option("--out", default="out", metavar="DIR", help=Words(ui_language())["option.out"])
@click.option("--language", default="both", help=Words(ui_language())["option.language"])
def demo(out: str, language: str) -> None:
    """Generate the sample client and diagnose it. 見本のお店を作って診断します。"""
    from toolkit.desk import write_sample

    spoken = ui_language(language)
    sales_file = write_sample(Path(out) / "demo")
    given = {"client": "demo", "language": language}
    _diagnose(_settings((str(sales_file),), given, ())[0], Path(out), spoken)


def _settings(
    files: tuple[str, ...], options: dict[str, Any], pairs: tuple[str, ...]
) -> tuple[Settings, str]:
    """The settings of a run and the language to speak: a client's file, options above it."""
    given = {name: value for name, value in options.items() if value is not None}
    language, pairs_of = ui_language(options.get("language")), set()
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign:
            _refuse(Words(language).say("problem.not_a_pair", pair=pair))
        given[key.strip()] = value.strip() or None
        pairs_of.add(key.strip())
    try:
        kept = client_file(files[0]) if len(files) == 1 else None
        named = {"sales_file": files if len(files) > 1 else files[0]}
        given = (named if kept is None else read_client_file(kept)) | given
        settings = _valid(given, kept)
    except InputProblem as problem:
        typed = {name for name, value in options.items() if value is not None}
        _refuse(_as_typed(problem, typed - pairs_of, language).text(language))
    return settings, ui_language(options.get("language") or settings.language)


def _as_typed(problem: InputProblem, typed: set[str], language: str) -> InputProblem:
    """The problem with settings that were given as options (`typed`) named as these, too."""
    words = Words(language)
    faults = []
    for key, values in problem.faults:
        name = values.get("name")
        if key.startswith("setting_") and name in typed:
            both = words.say("problem.option_and_setting", option=option_of(name), name=name)
            values = values | {"name": both}
        faults.append((key, values))
    return InputProblem.of(faults)


def _valid(given: dict[str, Any], kept: Path | None) -> Settings:
    """Settings of these values; faults of a client's file are told with the file (InputProblem)."""
    try:
        settings = Settings.checked(given)
    except InputProblem as problem:
        if kept is not None:
            problem.faults.insert(0, ("client_file_faults", {"file": str(kept)}))
        raise
    if kept is not None and not any(settings.sales_files):
        raise InputProblem("client_without_sales", file=str(kept))
    return settings


def _checked(settings: Settings, language: str) -> tuple[Any, list[str]]:
    """The check of the files and its lines; ends here at files that cannot be opened."""
    from toolkit.intake import check_sales, lines

    try:
        found = check_sales(settings.sales_files, settings)
    except InputProblem as problem:
        _refuse(problem.text(language))
    return found, lines(found, language)


def _diagnose(settings: Settings, out: Path, language: str) -> None:
    from toolkit.desk import Failure, Refused, diagnose

    words = Words(language)
    try:
        _look(settings.sales_files, out)
        folder = diagnose(settings, out, _progress(words))
    except InputProblem as problem:
        _refuse(problem.text(language))
    except Refused as refused:
        _refuse(refused.texts[language])
    except Failure as failure:
        _clear()
        where = failure.folder / "diagnosis.ipynb"
        reason = words["cli.died"] if failure.died else failure.reason
        click.echo(words.say("cli.failed", reason=reason, folder=str(where)), err=True)
        sys.exit(1)
    _clear()
    click.echo("\n".join(_told(folder, settings, words)))


def _look(sales_files: tuple[str, ...], out: Path) -> None:
    """Refuse at once what needs no reading; the rest intake says."""
    for name in sales_files:
        if not Path(name).exists() and not has_magic(name):
            raise InputProblem("file_missing", file=name)
    if any(place.exists() and not place.is_dir() for place in (out, *out.parents)):
        raise InputProblem("out_not_folder", folder=str(out))


def _told(folder: Path, settings: Settings, words: Words) -> list[str]:
    import json

    from toolkit.desk import kept_in

    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    source = facts["source"]
    left = source["rows_read"] - source["rows_kept"]
    lines = [
        words.say("cli.rows", read=source["rows_read"], kept=source["rows_kept"], left=left),
        words.say("cli.done", folder=str(folder)),
    ]
    beside = [each["name"] for each in source.get("beside", ())]
    if earlier := [name for name in beside if name.endswith("/groups.csv")]:
        lines.append(words.say("cli.earlier", files=", ".join(earlier)))
    if kept := kept_in(folder):
        lines.append(words.say("cli.kept", files=", ".join(kept)))
    names = [f"report.{language}.html" for language in settings.languages]
    names += ["lists.xlsx", "winback.csv", "about_to_lapse.csv", "golden.csv", "calendar.csv"]
    names += ["groups.csv", "layouts", "facts.json", "diagnosis.ipynb", "tables"]
    width = max(len(name) for name in names)
    for name in names:
        if (folder / name).exists():
            stem = name.split(".")[0]
            lines.append(f"  {name:<{width}}  {words[f'cli.file_{stem}']}")
    return lines


def _progress(words: Words) -> Callable[[int, int, str], None]:
    """Stages on a terminal, one line that is written over; silent when piped."""
    if not sys.stderr.isatty():
        return lambda done, count, stage: None

    def told(done: int, count: int, stage: str) -> None:
        _clear()
        click.echo(f"[{done}/{count}] {words[f'stage.{stage}']}", err=True, nl=False)

    return told


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", err=True, nl=False)


def _refuse(text: str) -> None:
    _clear()
    click.echo(text, err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
