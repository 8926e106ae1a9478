"""Texts in many scripts: what a tokenizer and an encoder must not stumble over."""

TEXTS = [
    "How long is the probation period?",
    "The refund window is 30 days; after that, store credit.",
    "a",
    "A.B.C. (see § 7(2))",
    "x" * 130,
    "Die Kündigungsfrist beträgt drei Monate zum Quartalsende.",
    "İstanbul'da ŞEKERCİ, naïve café e\u0301te\u0301",
    "Ελληνικά ΣΊΣΥΦΟΣ άλφα",
    "Привет, ёлка! Съешь ещё этих мягких французских булок.",
    "שלום עולם",
    "مرحبا بالعالم ١٢٣",
    "नमस्ते दुनिया",
    "ภาษาไทยไม่มีช่องว่าง",
    "한국어 문장입니다",
    "漢字とカタカナ、ひらがな。",
    "中文没有空格",
    "emoji 😀👩‍👩‍👧 and → arrows €5",
    "tab\tand\u00a0no-break\u200bzero\u00adsoft",
    "C++ CVE-2023-12345 AB-1234/5 3.10 10⁻⁶ ﬁne Ⅳ",
    "\u0000nul\u0007bell\ufffdbroken",
    "ĳ ǆ ß ẞ ſ K Å",
    "ÀÉÎÕÜ \u0130 \u0149",
    "mixed漢字words123abc",
    "  leading and   inner spaces  ",
]


def random_text(rng):
    """Characters of a few random blocks, with spaces and words between them."""
    blocks = [
        (0x20, 0x7F),
        (0xA0, 0x250),
        (0x370, 0x530),
        (0x590, 0x700),
        (0x900, 0xE80),
        (0x1E00, 0x2000),
        (0x2000, 0x2C00),
        (0x3000, 0x3200),
        (0x4E00, 0xA000),
        (0xAC00, 0xD7A4),
        (0xF900, 0xFB00),
        (0xFE00, 0x10000),
        (0x10000, 0x11000),
        (0x1D400, 0x1D800),
        (0x1F000, 0x1FB00),
        (0, 0x300),
    ]
    chosen = rng.sample(blocks, 3)
    out = []
    for _ in range(rng.randint(1, 60)):
        low, high = rng.choice(chosen)
        c = rng.randrange(low, high)
        out.append(
            " "
            if rng.random() < 0.15 or 0xD800 <= c < 0xE000
            else rng.choice(TEXTS)[:12]
            if rng.random() < 0.05
            else chr(c)
        )
    return "".join(out)
