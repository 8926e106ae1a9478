"""The reversible network: one set of weights, run forward to compress and backward to expand.

Shapes: B passages, T tokens, C width, V vocabulary, D code. With `Linear.quantised` every product of matrices is
rounded as the program's integer engine rounds it: int8 weights a row, int8 activations a token.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

LEVELS = 15  # FSQ levels of a memory entry, -7...7
# The largest weight of a product. AVX2 multiplies such weights fastest: the sum of four products with bytes fits 16 bits.
WEIGHT_LEVELS = 32


def rms(x):
    return F.rms_norm(x.float(), (x.shape[-1],), eps=1e-6)


class Rounded(torch.autograd.Function):
    """Rounds to the grid max|x| / levels along the last dimension. The gradient passes straight through."""

    @staticmethod
    def forward(ctx, x, levels):
        step = x.abs().amax(-1, keepdim=True).clamp_min(1e-20) / levels
        return (x / step).round() * step

    @staticmethod
    def backward(ctx, g):
        return g, None


class Linear(nn.Linear):
    quantised = False

    def __init__(self, inputs, outputs, std, levels=127):
        super().__init__(inputs, outputs, bias=False)
        self.levels = levels  # 255 for inputs that are never negative
        nn.init.normal_(self.weight, std=std) if std else nn.init.zeros_(self.weight)
        self.adapter = None

    def adapt(self, rank):
        """Freezes the matrix and adds a product of two matrices of `rank` to it, zero at first (LoRA, arXiv 2106.09685)."""
        self.weight.requires_grad_(False)
        self.adapter = nn.ParameterList(
            (torch.randn(rank, self.in_features) * self.in_features**-0.5, torch.zeros(self.out_features, rank))
        )

    def matrix(self):
        return self.weight if self.adapter is None else self.weight + self.adapter[1] @ self.adapter[0]

    def forward(self, x):
        if not Linear.quantised:
            return F.linear(x, self.matrix())
        return F.linear(Rounded.apply(x, self.levels), Rounded.apply(self.matrix(), WEIGHT_LEVELS))


def rotate(x, cos, sin):
    h = x.shape[-1] // 2
    a, b = x[..., :h], x[..., h:]
    return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)


def precision(device):
    """The type of products: bfloat16 where the device has instructions for it. Emulated bfloat16 took 30 times as long as float32."""
    return (
        torch.bfloat16
        if str(device).startswith("cuda") or torch.cpu.get_capabilities().get("avx512_bf16")
        else torch.float32
    )


class Attention(nn.Module):
    """F of the coupling: causal self-attention, RMS norm on the input, on queries and on keys."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.qkv, self.out = heads, Linear(width, 3 * width, width**-0.5), Linear(width, width, 0)

    def forward(self, x, rotary):
        B, T, C = x.shape
        q, k, v = self.qkv(rms(x)).view(B, T, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        q, k = rotate(rms(q), *rotary), rotate(rms(k), *rotary)
        if Linear.quantised:
            q, k, v = (Rounded.apply(t, 127) for t in (q, k, v))
        q, k = q.to(v.dtype), k.to(v.dtype)
        if x.is_cuda:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            y = (
                torch.softmax(
                    q * (C // self.heads) ** -0.5 @ k.transpose(-1, -2)
                    + torch.full((T, T), -1e9, dtype=v.dtype).triu(1),
                    -1,
                )
                @ v
            )  # twice as fast there
        return self.out(y.transpose(1, 2).reshape(B, T, C))


class FeedForward(nn.Module):
    """G of the coupling: a squared-ReLU network."""

    def __init__(self, width, ratio):
        super().__init__()
        self.up, self.down = Linear(width, ratio * width, width**-0.5), Linear(ratio * width, width, 0, levels=255)

    def forward(self, x):
        return self.down(F.relu(self.up(rms(x))).square())


class NGramMemory(nn.Module):
    """Hashed tables of the n-grams that end at each position. Their rows are added to the input. BOS (0) precedes a passage."""

    def __init__(self, width, slots, dim, orders=(2, 3, 4)):
        super().__init__()
        self.orders, self.bits = orders, slots.bit_length() - 1
        self.tables = nn.ModuleList(nn.Embedding(slots, dim) for _ in orders)
        for t in self.tables:
            nn.init.normal_(t.weight, std=0.02)
        self.project = Linear(dim * len(orders), width, dim**-0.5)

    def slot(self, ids, n):
        h = torch.full_like(ids, n)
        for j in range(n):
            h = (h ^ F.pad(ids, (j, 0))[:, : ids.shape[1]]) * -7046029254386353131  # 0x9E3779B97F4A7C15
            h = h ^ ((h >> 29) & 0x7FFFFFFFF)
        return (h >> (64 - self.bits)) & ((1 << self.bits) - 1)

    def forward(self, ids):
        return self.project(torch.cat([t(self.slot(ids, n)) for n, t in zip(self.orders, self.tables)], -1))


class R3Mem(nn.Module):
    def __init__(
        self, vocabulary=8192, width=256, layers=4, heads=4, ratio=4, code=32, slots=65536, slot_width=32, context=512
    ):
        super().__init__()
        self.shape = dict(
            vocabulary=vocabulary,
            width=width,
            layers=layers,
            heads=heads,
            ratio=ratio,
            code=code,
            slots=slots,
            slot_width=slot_width,
            context=context,
        )
        self.embedding = nn.Embedding(vocabulary, width)
        nn.init.normal_(self.embedding.weight, std=0.02)
        self.F = nn.ModuleList(Attention(width, heads) for _ in range(layers))
        self.G = nn.ModuleList(FeedForward(width, ratio) for _ in range(layers))
        self.ngrams = NGramMemory(width, slots, slot_width) if slots else None
        self.words = Linear(width, width, width**-0.5)  # of the term set in the prefix
        self.to_code, self.from_code = Linear(width, code, width**-0.5), Linear(code, width, 0.25 * code**-0.5)
        self.bias = Linear(width, 4, 0)  # unused terms: b0 + b2 f + b3 f^2; used terms: b1
        self.bias0 = nn.Parameter(torch.tensor([2.0, 0.5, 0.5, 0.0]))
        self.scale = nn.Parameter(torch.tensor(1.0))
        d = width // heads
        angle = torch.outer(torch.arange(context).double(), 1 / (10000 ** (torch.arange(0, d, 2).double() / d)))
        self.register_buffer("cos", angle.cos().float(), persistent=False)
        self.register_buffer("sin", angle.sin().float(), persistent=False)

    def rows(self, ids):
        w = self.embedding.weight
        if Linear.quantised:
            w = Rounded.apply(w, 127)
        return rms(F.embedding(ids, w))

    def embed(self, ids):
        x = self.rows(ids)
        return x if self.ngrams is None else x + self.ngrams(ids).float()

    def run(self, x, backward):
        rotary = self.cos[: x.shape[1]], self.sin[: x.shape[1]]
        a = b = x
        if backward:
            for f, g in zip(reversed(self.F), reversed(self.G)):
                b = b - g(a)
                a = a - f(b, rotary)
        else:
            for f, g in zip(self.F, self.G):
                a = a + f(b, rotary)
                b = b + g(a)
        return rms(a + b)

    def read(self, h):
        """FSQ code [..., D] of a memory position, integers in -7...7 with a straight-through gradient, and the value before rounding."""
        z = torch.tanh(self.to_code(h).float()) * ((LEVELS - 1) / 2)
        return z + (z.round() - z).detach(), z

    def compress(self, ids, lengths, query):
        """Forward: ids [B, T] followed at `lengths` by the memory token `query` -> (code, z) [B, D]."""
        B = ids.shape[0]
        ids = F.pad(ids, (0, 1)).scatter(1, lengths[:, None], query[:, None])
        x = self.embed(ids)
        at = torch.arange(B), lengths
        x = x.index_put(at, self.rows(ids[at]))
        return self.read(self.run(x, False)[at])

    def compress_document(self, codes, counts, query):
        """Forward over passage codes [G, N, D], `counts` of them a document -> document (code, z) [G, D]."""
        G, N, _ = codes.shape
        x = F.pad(self.from_code(codes).float(), (0, 0, 0, 1))
        at = torch.arange(G), counts
        x = x.index_put(at, self.rows(torch.full((G,), query, device=codes.device)))
        return self.read(self.run(x, False)[at])

    def expand(self, ids, document, passage, pieces, piece_offsets):
        """Backward: hidden states [B, T, C] that predict the token after each of ids [B, T] (BOS first), given codes [B, D] and the term set."""
        prefix = torch.stack(
            (
                self.from_code(document).float(),
                self.from_code(passage).float(),
                self.words(self.bag(pieces, piece_offsets)).float(),
            ),
            1,
        )
        return self.run(torch.cat((prefix, self.embed(ids)), 1), True)[:, 3:]

    def bag(self, pieces, offsets):
        """The normalised sum [N, C] of the embeddings of each run of pieces."""
        return rms(F.embedding_bag(pieces, self.table(), offsets, mode="sum"))

    def table(self):
        w = self.embedding.weight
        return rms(Rounded.apply(w, 127) if Linear.quantised else w)

    def output_rows(self):
        w = self.embedding.weight * self.scale
        return Rounded.apply(w, 127) if Linear.quantised else w
