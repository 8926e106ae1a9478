"""Muon (Jordan et al. 2024) for the matrices of the streams: momentum, orthogonalised by five Newton-Schulz steps.

torch.optim.Muon has the same rule and state, but takes these steps in bfloat16 on every device. On a processor without
instructions for bfloat16 they took 8.6 s of an 11 s step. This one takes them in the precision of the device, and all
matrices of one shape together.
"""

import collections

import torch

from network.model import precision

COEFFICIENTS = 3.4445, -4.7750, 2.0315


def orthogonalised(x, steps=5):
    """The nearest matrices with singular values near 1, for x [N, R, C]."""
    a, b, c = COEFFICIENTS
    wide = x.shape[-2] <= x.shape[-1]
    y = (x if wide else x.mT).to(precision(x.device))
    y = y / y.norm(dim=(-2, -1), keepdim=True).clamp_min(1e-7)
    for _ in range(steps):
        g = y @ y.mT
        y = a * y + (b * g + c * (g @ g)) @ y
    return (y if wide else y.mT).to(x.dtype)


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr, momentum=0.95, weight_decay=0.01):
        super().__init__(parameters, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            of_shape = collections.defaultdict(list)
            for p in group["params"]:
                if p.grad is not None:
                    of_shape[p.shape].append(p)
            for (rows, columns), same in of_shape.items():
                updates = []
                for p in same:
                    if "momentum_buffer" not in self.state[p]:
                        self.state[p]["momentum_buffer"] = torch.zeros_like(p)
                    m = self.state[p]["momentum_buffer"]
                    m.lerp_(p.grad, 1 - group["momentum"])
                    updates.append(p.grad.lerp(m, group["momentum"]))
                for p, u in zip(same, orthogonalised(torch.stack(updates))):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).sub_(
                        u, alpha=group["lr"] * max(1, rows / columns) ** 0.5
                    )
