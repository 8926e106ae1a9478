"""Writes the fixtures that the rules in Swift are compared with.

    python fixtures.py data ../../models/default.safetensors ../../Tests/Support/Fixtures

data/tokenizer.json and data/words.json must be those of the model. The script writes words.json (classes of code
points, case), tokens.json (the tokenizer), walks.json (steps of the lexical constraint) and vectors.json (sums of word
vectors). The texts were written for this purpose.
"""

import json
import os
import re
import sys
import zlib

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from distil import Rows
from lexical import ALL, NONE, Lexicon
from words import IDEOGRAPH, LETTER, PIECE_PATTERN, SPACE, WORD_PATTERN, fold, fold_scalar, spellings, term, upper

TEXTS = [
    "",
    " ",
    "  ",
    "\n",
    " \n ",
    "a",
    " a",
    "The harbour pilot waited until the tide had turned.",
    "THE HARBOUR PILOT, The harbour pilot, the harbour pilot; tHe HaRbOuR pIlOt!",
    "Der Müller schärft die Säge; am Übergang grüßt ihn eine ältere Dame mit großem Hut.",
    "ÜBERGRÖSSE, Straße, STRASSE, straße, Äpfel und äpfel, ÆRØ, œuvre, ŒUVRE, Ÿ, ÿ.",
    "Un été à Orléans : « où est l'hôtel ? » demanda Zoé, naïve.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy. ŁÓDŹ, łódź, Łódź; ŠĐČĆŽ šđčćž",
    "Ночной поезд шёл медленно. НОЧНОЙ ПОЕЗД, Ёлка и ёлка, Ђорђе.",
    "Η Αθήνα το πρωί: ΣΟΦΟΣ, σοφος, σοφός, Σοφός.",
    "وصل القطار متأخرا؟ نعم، في السادسة؛ ٣ ساعات.",
    "रेलगाड़ी देर से आई। फिर शाम हुई॥",
    "夜行列車は遅れて着いた。三時間、待ちました。カタカナとひらがな、ＡＢＣ１２３。",
    "火车晚点了三个小时，我们在站台上等。𠀀𠮷野家",
    "기차가 세 시간 늦었다. 승강장에서 기다렸다.",
    "Emoji: 🙂🙂👩‍🚀🇩🇪 ❤️ (🎉) end🙂start 5️⃣",
    "for (int i = 0; i < n; ++i) {\n\tsum += values[i] * 0x1F;\r\n\t// TODO: sumOfSquares, snake_case, kebab-case\r\n}\r\n",
    '{"id": 40213, "tags": ["a", "B"], "ok": true, "x": -1.25e-07}',
    "line one\r\nline two\r\n\r\n  indented   line\t\tthree \n \n   ",
    "x  y   z    w\u00a0nbsp\u2003em\u3000wide\u200bzero\u2028sep\x85nel\x0bvt\x0cff",
    "iPhone macOS LaTeX eBay McDonald O'Neill's don't DON'T Don'T rock'n'roll",
    "1 12 123 1234 12345 123456789 3rd 42nd 7x x7 2024-05-31 3.14159 1,000,000",
    "٠١٢ ½ ² № ™ © ª º µ × ÷ ǅ ǆ ﬁ ﬂ Ａ ａ",
    "ab\u0301c e\u0301 \u0301x Z\u0335\u0321a",
    "\ufeffstart \ufffd middle\ufffd\ufffd end",
    "\u0000\u0001\u001f\u007f\u0080",
    "wait...what?! -- yes -- (no) [maybe] <tag attr='v'> &amp; #hash @name $5 50% a/b\\c ~^|`",
    "----------------------------------------------------------------\n================\n",
    "a" * 70,
    "ab" * 60 + " " + "xyz" * 40,
    "é" * 50 + "ß" * 30,
    "!" * 90 + "?" * 5,
    " " * 65 + "x" + "\n" * 70,
    "今" * 60,
    "Antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis Donaudampfschifffahrtsgesellschaftskapitän",
    "Mixed: abc日本def кот cat котcat καtα 12日 日12 a1b2 ü1",
    "https://example.org/a_b?c=d&e=%20f#g user@example.org",
    "To be sure, I don't know; the answer to the question that they asked is not in the book I have with me.",
]
PASSAGES = [
    "The lighthouse at Graywick was built in 1871, and its keeper, Amelia Thorne, lit the lamp each night for thirty-one years. "
    "When the lighthouse was automated in 1984, her granddaughter bought the keeper's cottage. The lamp still stands in the museum.",
    "THE LIGHTHOUSE stands. The Lighthouse fell. A lighthouse, lighthouses; LIGHTHOUSE-keepers and lamplighters, McKeeper, iLamp, iLamp.",
    "Im Frühling öffnet der Gärtner die Gewächshäuser; er prüft Öl, Töpfe und die alte Straßenlaterne. DIE TÖPFE SIND AUS TON. Töpfe!",
    "Le garçon préféra l'été; l'ÉTÉ préféré du garçon fut celui d'après. Où ? Là-bas, près d'Évian.",
    'def resize(image, width=640, height=480):\n    """Resize an image."""\n    scale = min(width / image.width, height / image.height)\n'
    "    return image.scaled(scale)  # keeps widthToHeight\n",
    "Results (n = 48): 12.5 % of 1,024 samples; 3rd run 0.00125, 4th run 0.00126; see §4.2, 2024-11-30, v1.0.3b2.",
    "Поезд пришёл в Казань поздно; ПОЕЗД стоял, Казань спала. Поезда, поездов.",
    "東京の駅で列車を待つ。列車は来ない。東京タワー、駅、駅！ JR東日本 2番線",
    "Tea 🍵 and cake 🍰🍰: Zoë's café—the café Zoë loved—closed. ‘Why?’ “Rent,” she said… rent, RENT, Rent\u00a0again.",
    "a A b B c C ab aB Ab AB abc aBC\n\n\n\tx\t\ty  z   ",
    "!!! ... ??? --- *** 🙂 \n\n",
    "ghyzwq Ghyzwq GHYZWQ ghyzwqs xghyzwq ghyz wq ghy zwq gh yz wq g h y z w q ĝĥŷ Ĝĥŷ ĜĤŶ ĝ ĥ ŷ ȝ Ȝ",
]

# Pairs of a question and a passage: function words, other cases, words without a row, another language.
PAIRS = [
    ("Who was it that kept the lighthouse?", PASSAGES[0]),
    ("HARBOUR Pilots waiting", TEXTS[7]),
    ("ghyzwq", PASSAGES[-1]),
    ("How many of them are there?", "To be sure, I don't know."),
    ("Was öffnet der Gärtner im Frühling?", PASSAGES[2]),
    ("when is it 12.5 %", PASSAGES[5]),
]


def runs(table):
    """[(first code point, value)] of each run of equal values."""
    out = []
    for c, value in table:
        if not out or out[-1][1] != value:
            out.append([c, value])
    return out


def word_class(c):
    for number, pattern in enumerate((f"[{SPACE}]", f"[{LETTER}]", "[0-9]", f"[{IDEOGRAPH}]")):
        if re.fullmatch(pattern, chr(c)):
            return (0, 2, 3, 4)[number]
    return 1


def byte_ends(text, pattern):
    """[start, end] of every match, in bytes."""
    return [[len(text[: m.start()].encode()), len(text[: m.end()].encode())] for m in re.finditer(pattern, text)]


def walk(lexicon, function_count, text):
    """The steps of one passage by lexical.py and batches.py."""
    number = {w: i for i, w in enumerate(lexicon.names)}
    ids = lexicon.tokenizer.encode(text, add_special_tokens=False).ids
    terms = sorted({term(w) for w in re.findall(WORD_PATTERN, text)}, key=str.encode)
    terms = [w for w in terms if w not in number or number[w] >= function_count]
    for w in terms:
        if w not in number:
            number[w] = len(lexicon.names)
            lexicon.names.append(w)
    numbers = [number[w] for w in terms]
    boundary, inside, last, unused = lexicon.walk(ids, set(numbers))
    own = sorted((t, u) for t, u in last.items() if t not in lexicon.shared_slot)
    admitted, continuations = {t for t, _ in own}, []
    for j in range(len(ids)):
        tokens = inside.get(j, [])
        if boundary[j] != NONE:
            tokens = [
                t
                for t in tokens
                if not (
                    (t in admitted or t in lexicon.shared_slot)
                    and (boundary[j] == ALL or t not in lexicon.letter_first)
                )
            ]
        continuations.append(tokens)
    prefix = [s[1] if len(s) > 1 else s[0] for s in map(lexicon.spell, numbers)]
    return dict(
        text=text,
        ids=ids,
        terms=terms,
        boundary=boundary,
        continuations=continuations,
        starts=[t for t, _ in own],
        last=[u for _, u in own],
        unused=unused,
        prefix=[t for s in prefix for t in s],
    )


def cosine(rows, table, question, passage):
    """The cosine of the sum of a question's rows and the sum that the index takes of a passage."""
    q, p = (
        table[rows.of(text, function_words)].sum(0) for text, function_words in ((question, True), (passage, False))
    )
    return float(q @ p / max(1e-9, np.linalg.norm(q) * np.linalg.norm(p)))


def main():
    folder, weights, out = sys.argv[1:4]
    weights, rows = load_file(weights), Rows(folder)
    table = weights["lexicon.vectors.weight"] * weights["lexicon.vectors.scale"][:, None]
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    model = json.load(open(os.path.join(folder, "tokenizer.json")))["model"]
    function = json.load(open(os.path.join(folder, "words.json")))["function"]
    ids = model["vocab"]
    merges = [(ids[a], ids[b]) for a, b in (m if isinstance(m, list) else m.split(" ") for m in model["merges"])]
    print_of = zlib.crc32(json.dumps(merges).replace(" ", "").encode())
    lexicon = Lexicon(tokenizer, list(function), len(function))
    code_points = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    forms = sorted({w for t in TEXTS + PASSAGES for w in re.findall(WORD_PATTERN, t)})
    files = dict(
        words=dict(
            classes=runs((c, word_class(c)) for c in code_points),
            case=[[c, fold_scalar(c)] for c in code_points if fold_scalar(c) != c],
            texts=[
                dict(
                    text=t,
                    pieces=byte_ends(t, PIECE_PATTERN),
                    forms=byte_ends(t, WORD_PATTERN),
                    terms=sorted({term(w) for w in re.findall(WORD_PATTERN, t)}, key=str.encode),
                )
                for t in TEXTS
            ],
            forms=[dict(form=w, term=term(w), upper=upper(fold(w)), spellings=spellings(term(w))) for w in forms[::4]],
        ),
        tokens=dict(
            merges=print_of, texts=[dict(text=t, ids=tokenizer.encode(t, add_special_tokens=False).ids) for t in TEXTS]
        ),
        walks=dict(
            merges=print_of,
            shared=lexicon.shared,
            free=zlib.crc32(json.dumps(sorted(lexicon.free)).replace(" ", "").encode()),
            letterFirst=zlib.crc32(json.dumps(sorted(lexicon.letter_first)).replace(" ", "").encode()),
            passages=[walk(lexicon, len(function), t) for t in PASSAGES],
        ),
        vectors=[dict(question=q, passage=p, cosine=round(cosine(rows, table, q, p), 6)) for q, p in PAIRS],
    )
    os.makedirs(out, exist_ok=True)
    for name, value in files.items():
        with open(os.path.join(out, name + ".json"), "w") as f:
            json.dump(value, f, ensure_ascii=True, separators=(",", ":"))
            f.write("\n")


if __name__ == "__main__":
    main()
