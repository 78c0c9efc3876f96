"""What entries of a contact log say: who wants no contact, who asked, what is not understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake.customers.said import Said, said_of, spelled
from toolkit.settings import Settings

OWN = said_of(Settings())

REFUSING = """
opted out|opted-out|OptedOut|Opt-out mail|complained|Complaint about price|Do not send|stop sending
STOP|stop!|don't contact me|Don’t call|remove from list|HasOptedOut|unsubscribed|deceased
送らないでほしい|もう送らないでください|DM送らないでください|連絡しないでください|電話しないで
受取拒否|受け取り拒否|郵送不可
拒否|お断り|配信NG|DM希望しない|メール配信を希望しない|案内は不要|カタログ不要|死去|お亡くなり
お亡くなりになった|宛先不明|転居先不明
ＤＭ 不要|ﾒｰﾙ停止|配信停止|ご案内はもう不要|カタログの送付は不要|連絡はご遠慮ください
ＤＭ・メール不要|DM希望なし
苦情|クレーム|クレーム未解決|complaint unresolved|complaint not resolved|クレームは解決していない
配信停止（理由なし）|クレーム解決、配信停止|クレームは解決済 DM不要|unsubscribed complaint resolved
opted out, account closed
配信停止を希望、別件は解決済|苦情なし。DM不要|no reason given, opted out
"""
WILLING = """
苦情なし|クレームは解決済|complaint resolved|no complaint|No complaints|苦情はありません
クレーム無し|クレーム（解決済）
クレーム、5月に解決済み|苦情の件は解消|配信停止なし|配信停止を解除|オプトアウト撤回|opt-out revoked
not opted out|退会防止の電話
never complained|letter|カタログ送付|お礼メール|電話|返信不要|手続き不要|対応不要|引っ越し|too dear
nonstop flight|one stop shop
casino mailing|問い合わせ|DM|メール配信|連絡|案内|thank you|redemption|control
"""


def listed(text):
    return [each for line in text.strip().splitlines() for each in line.split("|")]


@pytest.mark.parametrize("text", listed(REFUSING), ids=str)
def test_it_says_that_no_contact_is_wanted(text):
    assert OWN.refuses(text) and OWN.understood(text)


@pytest.mark.parametrize("text", listed(WILLING), ids=str)
def test_it_does_not_say_that_no_contact_is_wanted(text):
    assert not OWN.refuses(text)


def test_an_inquiry_is_no_refusal():
    assert OWN.inquires("電話でのお問い合わせ") and OWN.inquires("Inquiry by phone")
    assert not OWN.inquires("電話") and not OWN.inquires("letter")


def test_what_nobody_knows_is_not_understood():
    assert not OWN.understood("引っ越し") and not OWN.understood("X-17")
    assert OWN.understood("お礼の手紙") and OWN.understood("complaint resolved")


def test_a_pair_of_lists_stands_for_all_their_pairs():
    words = spelled(["a", [["b", "c"], ["d", "e"]]])
    assert words == ("a", "b|c*d|e")
    said = Said(unwilling=words[1:])
    assert all(said.refuses(text) for text in ("b d", "BE", "cはd", "c e"))
    assert not any(said.refuses(text) for text in ("bc", "de", "b", "bx d"))


def test_a_clients_words_take_the_place_of_the_own(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('unwilling = ["みかん"]\nwhole = 3\n', encoding="utf-8")
    said = said_of(Settings(calendar_file=str(own)))
    assert said.unwilling == ("みかん",) and said.whole == OWN.whole
    assert said.refuses("みかん") and not said.refuses("配信停止")
    assert said_of(Settings(calendar_file=str(tmp_path / "none.toml"))) == OWN


def test_without_words_nothing_is_said():
    assert not Said().refuses("配信停止") and not Said().understood("letter")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["opt out", "配信停止", "苦情", "DM*不要"]))
def test_a_word_counts_whatever_width_case_and_blanks(text, word):
    said = Said(unwilling=(word,))
    for form in (str.upper, lambda each: each.replace(" ", "-"), lambda each: f" {each} "):
        assert said.refuses(form(word.replace("*", "は")))
    assert said.refuses(text) in (True, False)
