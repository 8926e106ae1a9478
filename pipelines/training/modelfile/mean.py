"""The mean of the weights of several trainings that began from the same weights (arXiv 2203.05482, 2109.01903).

    python -m modelfile.mean A/checkpoint.pt B/checkpoint.pt --out mean.pt

Takes checkpoints of `network.train` and `modelfile.restore`, and what `accelerated.reader` writes. What is no weight comes from the last file."""

import argparse

import torch


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoints", nargs="+")
    p.add_argument("--out", required=True)
    a = p.parse_args()
    loaded = [torch.load(path, map_location="cpu", weights_only=False) for path in a.checkpoints]
    states = [c.get("model", c) for c in loaded]
    for path, state in zip(a.checkpoints, states):
        if state.keys() != states[0].keys():
            raise SystemExit(f"{path} has other tensors than {a.checkpoints[0]}: take checkpoints of one shape")
    mean = {k: sum(s[k].float() for s in states) / len(states) for k in states[0]}
    torch.save(loaded[-1] | dict(model=mean) if "model" in loaded[-1] else mean, a.out)


if __name__ == "__main__":
    main()
