"""What a person did that cannot be worked with, in words a person understands.

InputProblem            the input or an option is at fault (exit code 2)
"""

from __future__ import annotations

from typing import Any

from toolkit.words import LANGUAGES, Words


class InputProblem(Exception):
    """Faults of the input, each a key of `[problem]` in the words files with its values.

    Carries keys instead of text so that the same fault can be told in either language. All
    faults of a file are collected and told at once; at most ten are spelled out.
    """

    SHOWN = 10

    def __init__(self, key: str | None = None, *, language: str = "en", **values: Any):
        super().__init__(key)
        self.faults: list[tuple[str, dict[str, Any]]] = [(key, values)] if key else []
        self.language = language

    @classmethod
    def of(cls, faults: list[tuple[str, dict[str, Any]]]) -> InputProblem:
        """One problem out of several faults."""
        problem = cls()
        problem.faults = list(faults)
        return problem

    def in_language(self, language: str) -> InputProblem:
        """The same problem, speaking `ja`, `en` or `both` when printed."""
        self.language = language
        return self

    def text(self, language: str) -> str:
        """All faults, one paragraph each: what is wrong, where, what to do."""
        words = Words(language)
        told = [words.say(f"problem.{key}", **values) for key, values in self.faults[: self.SHOWN]]
        if len(self.faults) > self.SHOWN:
            told.append(words.say("problem.and_more", n=len(self.faults) - self.SHOWN))
        return "\n".join(told)

    def __str__(self) -> str:
        spoken = LANGUAGES if self.language == "both" else (self.language,)
        return "\n".join(self.text(language) for language in spoken)

    def _render_traceback_(self) -> list[str]:
        """What IPython prints: the text in both languages for the runner, no Python lines."""
        return [self.text(language) for language in LANGUAGES]
