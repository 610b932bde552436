#!/usr/bin/env python3
"""Times what else there is for the library's jobs, on the tensors that its own benchmark reads, in one run.

    peers.py --inputs FOLDER --write                                  makes the tensors
    peers.py --inputs FOLDER --out FOLDER [--ours devices.json]       measures, and writes peers.json and peers.md

--device cpu tries the program where there is no GPU; --quick takes small batches. Neither times anything worth quoting.
"""
import argparse
import json
import os
import sys

try:
    import torch
except ImportError as absent:
    print(f"not run: torch cannot be imported by {sys.executable}: {absent}")
    sys.exit(0)

import checks
import inputs
import nvcc_jobs
import server_jobs
import torch_jobs
import triton_jobs
from clock import Clock, quartiles
from torch_jobs import NotRun


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--out")
    parser.add_argument("--ours")
    parser.add_argument("--device", choices=["cuda", "cpu"], default="cuda")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if not options.write and not options.out:
        parser.error("--out is missing; it names the folder of the results")
    return options


def laws(options):
    """Samplers that were written here, checked against the exact law; why one is wrong, by its name."""
    wrong = {}
    if options.device != "cuda":
        return wrong
    samplers = {}
    if triton_jobs.triton is not None:
        samplers["Triton, Gumbel noise of every token"] = triton_jobs.sampler(2000, 4000, options.device)
    library = nvcc_jobs.load(options.out)
    if not isinstance(library, NotRun):
        samplers["CUDA C++ by nvcc"] = nvcc_jobs.sampler(library, 2000, 4000, options.device)
    for name, sample in samplers.items():
        try:
            checks.law(sample, options.device)
        except Exception as fault:
            wrong[name] = f"{type(fault).__name__}: {fault}"
    return wrong


def contenders(case, options, wrong):
    """What can be timed, and what cannot with the reason."""
    found = torch_jobs.contenders(case, options.device)
    found.update(triton_jobs.contenders(case, options.device))
    found.update(nvcc_jobs.contenders(case, options.device, options.out))
    found.update(server_jobs.contenders(case, options.device))
    able, unable = {}, {}
    for name, run in found.items():
        if isinstance(run, NotRun):
            unable[name] = str(run)
        elif name in wrong:
            unable[name] = f"wrong results: {wrong[name]}"
        else:
            try:
                checks.check(case, run)
                able[name] = run
            except Exception as fault:
                unable[name] = f"{type(fault).__name__}: {fault}".splitlines()[0]
    return able, unable


def measure(case, options, wrong):
    """One case: lines of figures, in seconds."""
    fill = 0 if options.device == "cpu" else 2 * getattr(
        torch.cuda.get_device_properties(0), "L2_cache_size", 50 << 20)
    case.load(options.inputs, options.device, fill)
    able, unable = contenders(case, options, wrong)
    target = torch.empty_like(case.logits[0])
    able["copy of the logits"] = lambda i: target.copy_(case.logits[i % len(case.logits)])
    times = Clock(options.device, 3 if options.quick else 25).measure(able)
    lines = []
    for name, seconds in times.items():
        low, median, high = quartiles(seconds)
        lines.append({"name": name, "median": median, "lower_quartile": low, "upper_quartile": high})
    lines += [{"name": name, "not_run": reason} for name, reason in unable.items()]
    case.logits, case.rewards, case.weights = [], [], None
    return lines


def ours(path):
    """The library's kernels, timed on the same tensors by device events: by job and batch."""
    if not path or not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return {f"{line['operation']} {line['shape']}": line["kernel"] for line in json.load(file)}


def add_ours(case, lines, known):
    if case.name in known:
        lines.insert(0, {"name": "SoftBoN.Kernels", "median": known[case.name]})
    else:
        lines.insert(0, {"name": "SoftBoN.Kernels", "not_run": "its benchmark left no figure of this batch"})


def table(results):
    lines = ["| job | contender | us | GB/s | |", "| --- | --- | ---: | ---: | --- |"]
    for result in results:
        for line in result["contenders"]:
            if "not_run" in line:
                lines.append(f"| {result['case']} | {line['name']} | | | not run: {line['not_run']} |")
                continue
            speed = result["bytes"] / line["median"] / 1e9
            spread = f"{line['lower_quartile'] * 1e6:.1f} to {line['upper_quartile'] * 1e6:.1f}" if "lower_quartile" in line else ""
            lines.append(f"| {result['case']} | {line['name']} | {line['median'] * 1e6:.1f} | {speed:.0f} | {spread} |")
    return "\n".join(lines) + "\n"


def main():
    options = arguments()
    if options.device == "cuda" and not torch.cuda.is_available():
        print(f"not run: torch {torch.__version__} finds no GPU")
        return 0
    if options.write:
        inputs.write(options.inputs, options.quick)
        return 0
    os.makedirs(options.out, exist_ok=True)
    known, wrong, results = ours(options.ours), laws(options), []
    for case in inputs.cases(options.quick):
        lines = measure(case, options, wrong)
        add_ours(case, lines, known)
        results.append({"case": case.name, "bytes": case.bytes_read, "contenders": lines})
        print(table(results[-1:]), flush=True)
    facts = {
        "device": torch.cuda.get_device_name(0) if options.device == "cuda" else "the processor, for a trial",
        "torch": torch.__version__, "cuda": torch.version.cuda, "nvcc": nvcc_jobs.compiler(),
        "triton": getattr(triton_jobs.triton, "__version__", None), "quick": options.quick,
    }
    with open(os.path.join(options.out, "peers.json"), "w", encoding="utf-8") as file:
        json.dump({"environment": facts, "cases": results}, file, indent=2)
    with open(os.path.join(options.out, "peers.md"), "w", encoding="utf-8") as file:
        file.write(f"{facts['device']}, torch {facts['torch']}, CUDA {facts['cuda']}. Seconds by device events, medians.\n\n")
        file.write(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
