"""Variants of the recipe, trained beside it at equal processor time.

    OMP_NUM_THREADS=1 python -m network.variants ordinary data --out run-ordinary --minutes 15 --processor-time --remembered 0

All arguments after the variant's name go to train.py. `as-shipped` changes nothing. Variants of the data (other pieces,
lengths or function words) are options of prepare.py. EXPERIMENTS.md has the results.
"""

import sys

import torch

from network import batches, train
from network.model import R3Mem, rms


def ordinary():
    """An ordinary stack of the same matrices: each layer adds attention and feed-forward to one stream."""

    def run(model, x, backward):
        rotary = model.cos[: x.shape[1]], model.sin[: x.shape[1]]
        layers = list(zip(model.F, model.G))
        for f, g in reversed(layers) if backward else layers:
            x = x + f(x, rotary)
            x = x + g(x)
        return rms(x)

    R3Mem.run = run


def adamw():
    """AdamW for the matrices too, instead of Muon."""

    class Matrices(torch.optim.AdamW):
        def __init__(self, parameters, lr):
            super().__init__(parameters, lr=0.003, betas=(0.9, 0.95), weight_decay=0.01)

    train.Muon = Matrices


def then(change):
    """Applies a change to every model after it has been built."""
    build = R3Mem.__init__

    def init(model, *arguments, **shape):
        build(model, *arguments, **shape)
        change(model)

    R3Mem.__init__ = init


def no_prefix():
    """The term set constrains the pieces, but the decoder does not see it as a vector."""
    then(lambda model: model.words.weight.requires_grad_(False).zero_())


def no_bias():
    """No learned bias of used and unused terms."""

    def change(model):
        model.bias.weight.requires_grad_(False)
        model.bias0.requires_grad_(False).zero_()

    then(change)


def no_matches():
    """No match model beside the network."""
    batches.matches = lambda ids: [{}] * len(ids)


def title():
    """The sum of the pieces of the document's first line stands in the place of the document code, before the text."""
    make, move = batches.Batch.__init__, batches.Batch.to
    lines = {}

    def init(batch, data, groups, *rest):
        make(batch, data, groups, *rest)
        firsts = getattr(data, "first_of", None)
        if firsts is None:
            firsts = data.first_of = {}
            for i, owner in enumerate(data.owner.tolist()):
                firsts.setdefault(owner, i)
        pieces, offsets = [], []
        for i in (i for g in groups for i in g):
            first = firsts[int(data.owner[i])]
            if first not in lines:
                ids = data.ids(first)[:24]
                end = next((k for k, t in enumerate(ids) if k and "\n" in data.tokenizer.decode([t])), len(ids))
                lines[first] = ids[:end]
            offsets.append(len(pieces))
            pieces += lines[first] if i != first else [batches.BOS]
        batch.title, batch.title_offsets = torch.tensor(pieces), torch.tensor(offsets)

    def to(batch, device):
        move(batch, device)
        R3Mem.title = batch.title, batch.title_offsets
        return batch

    def expand(model, ids, document, passage, pieces, offsets):
        prefix = torch.stack(
            [
                x.float()
                for x in (
                    model.titles(model.bag(*R3Mem.title)),
                    model.from_code(passage),
                    model.words(model.bag(pieces, offsets)),
                )
            ],
            1,
        )
        return model.run(torch.cat((prefix, model.embed(ids)), 1), True)[:, 3:]

    def change(model):
        model.titles = train.Linear(model.shape["width"], model.shape["width"], model.shape["width"] ** -0.5)

    batches.Batch.__init__, batches.Batch.to, R3Mem.expand = init, to, expand
    then(change)


VARIANTS = {
    "as-shipped": lambda: None,
    "ordinary": ordinary,
    "adamw": adamw,
    "no-prefix": no_prefix,
    "no-bias": no_bias,
    "no-matches": no_matches,
    "title": title,
}

if __name__ == "__main__":
    name, built = sys.argv.pop(1) if len(sys.argv) > 1 else "", R3Mem.__init__
    if name not in VARIANTS:
        sys.exit(
            f"variants.py: there is no variant '{name}'; give one of {', '.join(VARIANTS)}, then train.py's arguments"
        )
    VARIANTS[name]()
    if "--weights" in sys.argv and R3Mem.__init__ is not built:
        sys.exit(f"variants.py: {name} changes what is built, and weights would undo that; leave --weights out")
    train.main()
