"""A BERT-type encoder from a Hugging Face folder: the backbone that makes memory codes and reads passages."""

import json
import os

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn


def load_tokenizer(folder):
    """The tokenizer of a Hugging Face folder, for texts of any length."""
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class Block(nn.Module):
    """One layer: self-attention and feed-forward, each with its residual and layer norm after it."""

    def __init__(self, width, heads, inner, epsilon):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, epsilon)
        self.dropout = 0.0

    def forward(self, x, mask):
        b, t, c = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        if x.is_cuda:
            a = F.scaled_dot_product_attention(q, k, v, mask.to(q.dtype))
        else:
            # Written out: the backward run of torch's fused attention takes a third of a step on a CPU.
            scores = (q @ k.transpose(-1, -2)) * (c // self.heads) ** -0.5
            a = (scores + mask.to(scores.dtype)).softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.dropped(self.out(a.transpose(1, 2).reshape(b, t, c))))
        return self.norm2(x + self.dropped(self.down(F.gelu(self.up(x)))))

    def dropped(self, x):
        return F.dropout(x, self.dropout, self.training) if self.dropout else x


class Backbone(nn.Module):
    def __init__(self, vocabulary, width, layers, heads, inner, positions, types, epsilon):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.types = nn.Embedding(types, width)
        self.norm = nn.LayerNorm(width, epsilon)
        self.layers = nn.ModuleList(Block(width, heads, inner, epsilon) for _ in range(layers))

    def forward(self, ids, mask, types=None):
        """ids, mask [B, T] (mask: true where there is a token) -> states [B, T, C]."""
        position = torch.arange(ids.shape[1], device=ids.device)
        x = (
            self.words(ids)
            + self.positions(position)
            + self.types(types if types is not None else torch.zeros_like(ids))
        )
        x = self.norm(x)
        wide = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        return x

    def sentence(self, ids, mask):
        """Mean of the states, of length one [B, C]."""
        x = self(ids, mask).float() * mask[..., None]
        return F.normalize(x.sum(1) / mask.sum(1, keepdim=True), dim=-1)

    @staticmethod
    def load(folder):
        c = json.load(open(os.path.join(folder, "config.json")))
        t = {
            k.removeprefix("bert."): v.float() for k, v in load_file(os.path.join(folder, "model.safetensors")).items()
        }
        t = {
            k.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias"): v
            for k, v in t.items()
        }
        m = Backbone(
            c["vocab_size"],
            c["hidden_size"],
            c["num_hidden_layers"],
            c["num_attention_heads"],
            c["intermediate_size"],
            c["max_position_embeddings"],
            c["type_vocab_size"],
            c["layer_norm_eps"],
        )
        s = {
            "words.weight": t["embeddings.word_embeddings.weight"],
            "positions.weight": t["embeddings.position_embeddings.weight"],
            "types.weight": t["embeddings.token_type_embeddings.weight"],
            "norm.weight": t["embeddings.LayerNorm.weight"],
            "norm.bias": t["embeddings.LayerNorm.bias"],
        }
        for i in range(c["num_hidden_layers"]):
            p = f"encoder.layer.{i}."
            for end in ("weight", "bias"):
                s[f"layers.{i}.qkv.{end}"] = torch.cat(
                    [t[p + f"attention.self.{n}.{end}"] for n in ("query", "key", "value")]
                )
                for ours, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    s[f"layers.{i}.{ours}.{end}"] = t[p + theirs + "." + end]
        m.load_state_dict(s)
        return m.eval()
