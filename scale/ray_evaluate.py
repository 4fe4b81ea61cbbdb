#!/usr/bin/env python3
"""Runs `credence evaluate` over Ray: shards as tasks, one merged result.

    pip install ray
    scale/ray_evaluate.py questions.jsonl panel.json --out whole/ --shards 8 -- --server http://gpu-1:8000/v1

What stands behind `--` goes to every `credence evaluate`. Each shard is one task; a task whose worker dies is started
again and goes on where it was: its finished questions stand in its folder, and every reply that came lies in the cache
that all shards share, so nothing that was answered is asked or paid for a second time. See scale/README.md.
"""

import argparse
import ctypes
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
import ray  # noqa: E402  the setting above must come first

# What `credence` says when the work is done but some answers failed: asking again at once would not help.
PARTLY = 3
# Room for what Ray hands around between tasks: here a few numbers.
OBJECT_STORE_BYTES = 100 << 20


def arguments():
    ours, theirs = sys.argv[1:], []
    if "--" in ours:
        place = ours.index("--")
        ours, theirs = ours[:place], ours[place + 1 :]
    parser = argparse.ArgumentParser(
        description="Run credence evaluate over Ray: shards as tasks, one merged result.",
        epilog="Everything behind -- goes to credence evaluate: --server, --methods, --sample … "
        "Exit codes are those of credence: 0 done, 2 nothing was done, 3 done, but some answers failed.",
    )
    parser.add_argument("questions", help="the questions, as credence evaluate takes them")
    parser.add_argument("panel", help="the panel's set-up")
    parser.add_argument("--out", default="evaluation", metavar="FOLDER", help="the folder for the result; every machine must see it under this path [default: evaluation]")
    parser.add_argument("--shards", type=int, default=8, metavar="N", help="in how many parts [default: 8]")
    parser.add_argument("--at-once", type=int, metavar="N", help="shards under way at once on this machine; on a cluster its CPUs decide [default: all]")
    parser.add_argument("--replies", metavar="FOLDER", help="the shared cache of replies [default: replies/ in the result's folder]")
    parser.add_argument("--retries", type=int, default=5, metavar="N", help="how often a shard whose worker died is started again [default: 5]")
    parser.add_argument("--address", metavar="ADDRESS", help="a Ray cluster, for instance auto [default: this machine]")
    parser.add_argument("--credence", default="credence", metavar="FILE", help="the program [default: credence, from PATH]")
    made = parser.parse_args(ours)
    if made.shards < 1:
        parser.error("--shards must be at least 1")
    made.credence_arguments = theirs
    return made


def die_with_parent():
    """Linux ends the program with the worker that started it: nobody would hear it, and it would go on paying."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


@ray.remote(num_cpus=1)
def evaluate(index, command):
    """One shard; its exit code and its last words. A worker that dies raises nothing here: Ray starts the task again."""
    done = subprocess.run(command, preexec_fn=die_with_parent, capture_output=True, text=True)
    if done.returncode < 0:
        # Ended by a signal while this worker lives on, by a lack of memory for instance.
        raise RuntimeError(f"shard {index} was ended by signal {-done.returncode}")
    return index, done.returncode, done.stderr.strip()


def main():
    options = arguments()
    credence = shutil.which(options.credence)
    if credence is None:
        sys.exit(f"error: there is no {options.credence}: cargo install --path . --locked --bin credence")
    out = Path(options.out).resolve()
    replies = Path(options.replies).resolve() if options.replies else out / "replies"
    shards = [out / "shards" / f"{index}-of-{options.shards}" for index in range(1, options.shards + 1)]
    fixed = [credence, "evaluate", str(Path(options.questions).resolve()), str(Path(options.panel).resolve())]

    # Ray prints to standard output, which is for the tables alone.
    tables = os.dup(1)
    os.dup2(2, 1)
    if options.address:
        ray.init(address=options.address, log_to_driver=False)
    else:
        cpus = min(options.at_once or options.shards, options.shards)
        ray.init(num_cpus=cpus, include_dashboard=False, log_to_driver=False, object_store_memory=OBJECT_STORE_BYTES)
    task = evaluate.options(max_retries=options.retries, retry_exceptions=[RuntimeError])
    open_tasks = []
    for index, folder in enumerate(shards, 1):
        part = ["--shard", f"{index}/{options.shards}", "--out", str(folder), "--replies", str(replies), "--quiet"]
        open_tasks.append(task.remote(index, fixed + part + options.credence_arguments))

    refused = partly = 0
    while open_tasks:
        (ready,), open_tasks = ray.wait(open_tasks)
        try:
            index, code, said = ray.get(ready)
        except (ray.exceptions.RayError, RuntimeError) as lost:
            refused += 1
            print(f"a shard was given up: {str(lost).strip().splitlines()[-1]}", file=sys.stderr)
            continue
        refused += code not in (0, PARTLY)
        partly += code == PARTLY
        words = {0: "done", PARTLY: "done, some answers failed"}.get(code, f"not done (exit code {code}): {said}")
        print(f"shard {index} of {options.shards} {words}; {len(open_tasks)} to go", file=sys.stderr, flush=True)
    ray.shutdown()

    begun = [str(folder) for folder in shards if (folder / "evaluation.json").exists()]
    if not begun:
        sys.exit(2)
    merged = subprocess.run([credence, "merge", *begun, "--out", str(out)], stdout=tables)
    sys.exit(merged.returncode or (PARTLY if partly or refused else 0))


if __name__ == "__main__":
    main()
