"""Words in ASCII are cut as the pattern of tokens cuts them."""

from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.topics.open_ends.words.tokens import NUMBER, TOKEN, tokens_of

TEXTS = st.text(alphabet="abzAZ019 '’?!:.,;_-/\t\n\x1fé？")


@given(TEXTS)
def test_tokens_are_what_the_pattern_finds(text: str) -> None:
    found = TOKEN.findall(text.lower().replace("’", "'"))
    assert tokens_of(text) == tuple(NUMBER if token[0].isdigit() else token for token in found)


def test_words_keep_their_apostrophes_and_lose_quotation_marks() -> None:
    assert tokens_of("Don't say 'later': 12 of 3rd?") == ("don't", "say", "later", ":", "0", "of", "0", "rd", "?")
