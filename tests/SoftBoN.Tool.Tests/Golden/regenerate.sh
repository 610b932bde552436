#!/bin/sh
# Writes the expected outputs anew, after a change that is meant to change them. Look at the difference before committing.
set -u
cd "$(dirname "$0")/../../.." || exit 1
dotnet build tools/softbon -c Release --nologo --verbosity quiet || exit 1
golden=tests/SoftBoN.Tool.Tests/Golden
run() {
  name=$1
  shift
  artifacts/bin/softbon/release/softbon "$@" --output "$golden/$name.expected.jsonl"
}
run prompts select --lambda 0.1 --seed 42 --input samples/prompts.jsonl
run csv select --target-ess 2 --seed 42 --majority --input samples/prompts.csv
run edges-kl select --target-kl 0.3 --seed 42 --majority --weights --input "$golden/edges.jsonl"
run edges-draws select --lambda 0.1 --seed 42 --draws 3 --distinct --input "$golden/edges.jsonl"
run edges-race select --lambda 0.1 --seed 42 --noise uniform-race --draws 2 --input "$golden/edges.jsonl"
run edges-weights weights --lambda 0.1 --allow-negative-lambda --input "$golden/edges.jsonl"
