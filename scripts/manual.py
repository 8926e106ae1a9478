#!/usr/bin/env python3
"""Writes the manual page of r3mem from what its commands say of themselves: manual.py PROGRAM > r3mem.1"""

import json
import subprocess
import sys


def escaped(text):
    """Text of a line, with nothing that roff takes for a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in (".", "'") else text


def paragraphs(text):
    """The lines of a discussion; indented ones are examples and stay as they are."""
    lines, example = [], False
    for line in text.split("\n"):
        if line.startswith("  "):
            if not example:
                lines += [".PP", ".nf", ".RS 4"]
            example = True
        elif example:
            lines += [".RE", ".fi"]
            example = False
        lines.append(escaped(line.strip() if not example else line[2:]) if line.strip() else ".PP")
    return lines + ([".RE", ".fi"] if example else [])


def options(arguments):
    lines = []
    for argument in arguments:
        if not argument.get("shouldDisplay", True) or argument.get("valueName") in ("help", "version"):
            continue
        value = argument.get("valueName", "")
        if argument["kind"] == "positional":
            name = f"\\fI{escaped(value)}\\fR"
        else:
            names = [
                ("\\-" if entry["kind"] == "short" else "\\-\\-") + escaped(entry["name"])
                for entry in argument["names"]
            ]
            name = ", ".join(f"\\fB{entry}\\fR" for entry in names)
            if argument["kind"] == "option":
                name += f" \\fI{escaped(value)}\\fR"
        about = argument.get("abstract", "")
        if argument.get("defaultValue"):
            about += f" (default: {argument['defaultValue']})"
        lines += [".TP", name, escaped(about)]
    return lines


def main(program):
    dumped = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout
    root = json.loads(dumped)["command"]
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    lines = [
        f'.TH R3MEM 1 "" "r3mem {version}"',
        ".SH NAME",
        "r3mem \\- " + escaped(root["abstract"].rstrip(".").lower()),
    ]
    lines += [".SH SYNOPSIS", "\\fBr3mem\\fR \\fIcommand\\fR [\\fIoptions\\fR]", ".SH DESCRIPTION"]
    lines += paragraphs(root.get("discussion", ""))
    lines.append(".SH COMMANDS")
    for command in root["subcommands"]:
        if command["commandName"] == "help":
            continue
        lines += [f".SS r3mem {command['commandName']}", escaped(command["abstract"]), ".PP"]
        lines += paragraphs(command.get("discussion", ""))
        lines += options(command.get("arguments", []))
    lines += [".SH EXIT STATUS"]
    for code, meaning in (
        ("0", "done"),
        ("1", "failed"),
        ("3", "nothing found by ask"),
        ("64", "misuse"),
        ("130", "stopped by a signal at a safe point; the same command continues"),
    ):
        lines += [".TP", f"\\fB{code}\\fR", meaning]
    lines += [".SH ENVIRONMENT", ".TP", "\\fBR3MEM_MODEL\\fR", "the model file", ".TP", "\\fBR3MEM_LOG\\fR"]
    lines.append("what serve logs to standard error: error, warning, notice (default), info or debug")
    print("\n".join(lines))


main(sys.argv[1])
