"""The lexical constraint: given the terms of a passage, which tokens can come next?

Sources/Memory/Constraint implements the same rules. At a boundary three kinds of token may come: the free tokens
(punctuation, white space, single bytes), the first tokens of function words, and the first tokens of the passage's
terms. Inside a word only its continuations may come. After a word of letters, no token that begins with a letter may
start another word.
"""

import re

from corpus.words import IDEOGRAPH, LETTER, SPECIAL, spellings

NONE, ALL, NOT_LETTER = 0, 1, 2  # what may start at a boundary
END = -1  # key in a trie: the number of the word that ends here


class Lexicon:
    """Spellings of words as sequences of tokens. A word is its place in `names`; the first `function_count` are function words."""

    def __init__(self, tokenizer, names, function_count):
        self.tokenizer, self.names, self.cache = tokenizer, names, {}
        size = tokenizer.get_vocab_size()
        texts = [tokenizer.decode([i]) for i in range(size)]
        wordy = re.compile(f"[{LETTER}0-9{IDEOGRAPH}]")
        self.free = {i for i in range(len(SPECIAL), size) if not wordy.search(texts[i].replace("\ufffd", ""))}
        self.letter_first = {i for i in range(len(SPECIAL), size) if re.match(f"[{LETTER}]", texts[i])}
        self.function_trie = {}
        for number in range(function_count):
            self.insert(self.function_trie, number, number)
        self.shared = sorted(self.free | set(self.function_trie))  # candidates at every boundary
        self.shared_slot = {t: i for i, t in enumerate(self.shared)}

    def spell(self, number):
        """Distinct token sequences of a word. The second one (with a space, folded) stands for the word in the prefix."""
        if number not in self.cache:
            forms = self.tokenizer.encode_batch(spellings(self.names[number]), add_special_tokens=False)
            self.cache[number] = list(dict.fromkeys(tuple(e.ids) for e in forms))
        return self.cache[number]

    def insert(self, trie, number, value):
        for spelling in self.spell(number):
            node = trie
            for token in spelling:
                node = node.setdefault(token, {})
            node[END] = value

    def is_letter_word(self, number):
        return re.match(f"[{LETTER}]", self.names[number][-1]) is not None

    def walk(self, ids, numbers):
        """Follows the tokens of a passage through the tries of its words.

        Returns (boundary [n], {position: sorted continuations}, {first token: last first use of its words}, number of
        unused words before each position [n])."""
        trie, first_use, starts = {}, {}, {}
        for number in numbers:
            self.insert(trie, number, number)
            for spelling in self.spell(number):
                starts.setdefault(spelling[0], []).append(number)
        boundary, inside, unused, state, nodes = [], {}, [], ALL, []
        for j, token in enumerate(ids):
            boundary.append(state)
            unused.append(len(numbers) - len(first_use))
            if nodes:
                children = {t for node in nodes for t in node if t != END}
                if children:
                    inside[j] = sorted(children)
            following = [node[token] for node in nodes if token in node]
            if state == ALL or state == NOT_LETTER and token not in self.letter_first:
                following += [t[token] for t in (trie, self.function_trie) if token in t]
                free = token in self.free
            else:
                free = False
            state = ALL if free else NONE
            for node in following:
                if END in node:
                    number = node[END]
                    if number in numbers:
                        first_use.setdefault(number, j)
                    if state != ALL:
                        state = NOT_LETTER if self.is_letter_word(number) else ALL
            if not following and not free:
                raise ValueError(f"token {token} at {j} is outside the constraint")
            nodes = following
        last = {t: max(first_use.get(n, len(ids)) for n in group) for t, group in starts.items()}
        return boundary, inside, last, unused
