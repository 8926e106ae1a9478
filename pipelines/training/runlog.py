"""The log of a training run."""

import os


def log_to(folder):
    """A function that prints words as a line, and appends the line to log.txt in a folder."""
    log = open(os.path.join(folder, "log.txt"), "a")

    def say(*words):
        line = " ".join(map(str, words))
        print(line, flush=True)
        log.write(line + "\n")
        log.flush()

    return say
