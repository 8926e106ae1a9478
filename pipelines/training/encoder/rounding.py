"""Rounds the weights of a product to bytes so that its outputs stay as they are."""

import torch

# AVX2 multiplies faster where no weight is larger than this: the products of two input bytes fit 16 bits.
NARROW = 64
WIDE = 127
# The part of the outputs, by energy, that narrow weights may get wrong.
LARGEST_LOSS = 2e-4


def scales(weight, top):
    """The scale of each row with the least square error, of some that cut the largest weights off."""
    largest = weight.abs().amax(1).clamp_min(1e-12)
    tried = torch.stack([largest * part / top for part in (1, 0.95, 0.9, 0.85, 0.8)])
    cut = (weight / tried[:, :, None]).round().clamp(-top, top) * tried[:, :, None]
    return tried.gather(0, ((cut - weight) ** 2).sum(2).argmin(0)[None])[0]


def compensated(weight, top, moments, block=128):
    """Rows of whole numbers and their scales. What the rounding of a column gets wrong is made good by the columns behind it, as the second moments of the
    inputs tell (GPTQ, arXiv 2210.17323)."""
    rest, scale = weight.double().clone(), scales(weight.double(), top)
    damped = moments + torch.eye(len(moments), dtype=moments.dtype) * moments.diagonal().mean() * 0.01
    inverse = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(damped)), upper=True)
    whole = torch.zeros_like(rest)
    for start in range(0, rest.shape[1], block):
        end = min(start + block, rest.shape[1])
        errors = torch.zeros(len(rest), end - start, dtype=rest.dtype)
        for i in range(start, end):
            whole[:, i] = (rest[:, i] / scale).round().clamp(-top, top)
            errors[:, i - start] = (rest[:, i] - whole[:, i] * scale) / inverse[i, i]
            rest[:, i:end] -= errors[:, i - start, None] * inverse[i, i:end]
        rest[:, end:] -= errors @ inverse[start:end, end:]
    return whole, scale


def loss(weight, whole, scale, moments):
    """The part of the outputs, by energy, that the rounding gets wrong."""
    wrong = whole * scale[:, None] - weight.double()
    return float(((wrong @ moments) * wrong).sum() / ((weight.double() @ moments) * weight.double()).sum())


def wide(weight):
    """int8 rows and their scales."""
    scale = weight.abs().amax(1).clamp_min(1e-12) / WIDE
    return (weight / scale[:, None]).round().to(torch.int8).numpy(), scale.float().numpy()


def narrow(weight, moments):
    """int8 rows [outputs, inputs] and their scales, for inputs with these second moments [inputs, inputs]; wide ones where narrow ones lose too much."""
    whole, scale = compensated(weight, NARROW, moments)
    if loss(weight, whole, scale, moments) > LARGEST_LOSS:
        return wide(weight)
    return whole.to(torch.int8).numpy(), scale.float().numpy()
