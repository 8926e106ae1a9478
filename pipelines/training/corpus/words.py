"""What a word is, how it is folded and how it is spelled.

Sources/Memory/Words implements the same rules. The rules name code points and use no Unicode table, because the tables
differ between versions; a change of the rules is a change of the file formats.
"""

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

# Code points of letters. Each code point of IDEOGRAPH (ideographs, kana, emoji, symbols) is a word of its own. Digits are
# 0-9 only.
LETTER = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u0386\u0388-\u0588\u058a-\u05bd\u05bf-\u060b"
    "\u060d-\u061a\u061c-\u061e\u0620-\u06d3\u06d5-\u0963\u0966-\u1fff\u2c00-\u2dff\ua640-\uabff\uac00-\ud7af\ufb00-\ufdff\ufe70-\ufefc"
)
IDEOGRAPH = "\u20a0-\u20cf\u2100-\u22ff\u2600-\u27bf\u3041-\u3096\u30a1-\u30fa\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
SPACE = " \\t\\n\\r\\x0b\\x0c"
WORD_PATTERN = f"[{LETTER}]+|[0-9]{{1,4}}|[{IDEOGRAPH}]"
PIECE_PATTERN = (
    f" ?[{LETTER}]+| ?[0-9]{{1,4}}| ?[{IDEOGRAPH}]| ?[^{SPACE}{LETTER}0-9{IDEOGRAPH}]+"
    f"|[{SPACE}]+(?= [^{SPACE}])|[{SPACE}]+"
)
SPECIAL = ["<bos>", "<sep>", "<pad>", "<mem>"]
BOS, SEP, PAD, MEM = range(4)


def fold_scalar(c: int) -> int:
    """The lower-case form of one code point, for the alphabets whose case is one to one."""
    if c < 0x80:
        return c + 32 if 0x41 <= c <= 0x5A else c
    if c < 0x100:
        return c + 32 if 0xC0 <= c <= 0xDE and c != 0xD7 else c
    if c < 0x180:
        if c == 0x178:
            return 0xFF
        if 0x100 <= c <= 0x137 and c not in (0x130, 0x131) or 0x14A <= c <= 0x177:
            return c | 1
        if 0x139 <= c <= 0x148 or 0x179 <= c <= 0x17E:
            return c + (c & 1)
        return c
    if 0x391 <= c <= 0x3A9 and c != 0x3A2 or 0x410 <= c <= 0x42F:
        return c + 32
    if 0x400 <= c <= 0x40F:
        return c + 80
    return c


UPPER = {fold_scalar(c): c for c in range(0x450) if fold_scalar(c) != c}


def fold(word: str) -> str:
    return "".join(chr(fold_scalar(ord(c))) for c in word)


def upper(word: str) -> str:
    return "".join(chr(UPPER.get(ord(c), ord(c))) for c in word)


def capitalised(word: str) -> str:
    return upper(word[:1]) + word[1:]


def term(form: str) -> str:
    """The term of a form: the folded word, or the form itself where its case is none of the usual three."""
    word = fold(form)
    return word if form in (word, capitalised(word), upper(word)) else form


def spellings(word: str) -> list[str]:
    """All texts that a term may appear as: lower, Capitalised or UPPER, with or without a space before."""
    forms = [word] if fold(word) != word else list(dict.fromkeys([word, capitalised(word), upper(word)]))
    return [space + form for form in forms for space in ("", " ")]


def new_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECE_PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    return tokenizer


def byte_alphabet():
    """The printable character that stands for each byte in byte-level BPE."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in plain]
    return {b: chr(b) for b in plain} | {b: chr(256 + i) for i, b in enumerate(rest)}
