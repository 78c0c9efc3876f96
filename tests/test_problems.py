import pytest

from toolkit.problems import InputProblem
from toolkit.words import Words


def unknown(n):
    return [("unknown_parameter", {"name": f"p{i}"}) for i in range(n)]


def test_a_fault_is_told_in_either_language():
    problem = InputProblem("file_missing", file="売上.csv")
    for language in ("ja", "en"):
        assert problem.text(language) == Words(language).say(
            "problem.file_missing", file="売上.csv"
        )
        assert "売上.csv" in problem.text(language)
    assert problem.text("ja") != problem.text("en")


def test_printed_it_speaks_english_unless_told():
    problem = InputProblem("file_missing", file="a.csv")
    assert str(problem) == problem.text("en")
    assert str(InputProblem("file_missing", language="ja", file="a.csv")) == problem.text("ja")
    assert str(problem.in_language("both")) == problem.text("ja") + "\n" + problem.text("en")


def test_several_faults_are_told_one_to_a_line():
    problem = InputProblem.of(unknown(3))
    assert len(problem.faults) == len(problem.text("en").splitlines()) == 3
    assert [f"p{i}" in line for i, line in enumerate(problem.text("en").splitlines())] == [True] * 3


@pytest.mark.parametrize(("n", "lines"), [(10, 10), (11, 11), (25, 11)])
def test_at_most_ten_faults_are_spelled_out(n, lines):
    told = InputProblem.of(unknown(n)).text("en").splitlines()
    assert len(told) == lines
    if n > 10:
        assert told[-1] == Words("en").say("problem.and_more", n=n - 10)


def test_the_faults_given_are_not_tied_to_the_problem():
    given = unknown(1)
    problem = InputProblem.of(given)
    given.append(("file_missing", {"file": "x"}))
    assert len(problem.faults) == 1


def test_a_notebook_shows_both_languages_and_no_python():
    problem = InputProblem("file_missing", file="a.csv").in_language("en")
    assert problem._render_traceback_() == [problem.text("ja"), problem.text("en")]
