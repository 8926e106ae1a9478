"""Words and terms of a text, by the rules of pipelines/training/corpus/words.py."""

import re

LETTER = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u0386\u0388-\u0588\u058a-\u05bd\u05bf-\u060b"
    "\u060d-\u061a\u061c-\u061e\u0620-\u06d3\u06d5-\u0963\u0966-\u1fff\u2c00-\u2dff\ua640-\uabff\uac00-\ud7af\ufb00-\ufdff"
    "\ufe70-\ufefc"
)
IDEOGRAPH = (
    "\u20a0-\u20cf\u2100-\u22ff\u2600-\u27bf\u3041-\u3096\u30a1-\u30fa\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
WORD = re.compile(f"[{LETTER}]+|[0-9]{{1,4}}|[{IDEOGRAPH}]")


def fold_character(character: str) -> str:
    """The lower-case form, for the alphabets whose case is one to one."""
    c = ord(character)
    if c < 0x80:
        return character.lower()
    if 0xC0 <= c <= 0xDE and c != 0xD7 or 0x391 <= c <= 0x3A9 and c != 0x3A2 or 0x410 <= c <= 0x42F:
        return chr(c + 32)
    if c == 0x178:
        return chr(0xFF)
    if 0x100 <= c <= 0x137 and c not in (0x130, 0x131) or 0x14A <= c <= 0x177:
        return chr(c | 1)
    if 0x139 <= c <= 0x148 or 0x179 <= c <= 0x17E:
        return chr(c + (c & 1))
    return chr(c + 80) if 0x400 <= c <= 0x40F else character


UPPER = {fold_character(chr(c)): chr(c) for c in range(0x450) if fold_character(chr(c)) != chr(c)}


def fold(form: str) -> str:
    return "".join(map(fold_character, form))


def upper(word: str) -> str:
    return "".join(UPPER.get(c, c) for c in word)


def term(form: str) -> str:
    """The folded form, or the form itself where its case is not lower, Capitalised or UPPER."""
    word = fold(form)
    return word if form in (word, upper(word[:1]) + word[1:], upper(word)) else form


def terms(text: str) -> set[str]:
    return {term(form) for form in WORD.findall(text)}
