#!/bin/bash
# Where threads are limited, the program says how many could be started, and ends.
#   tests/examples/few_threads_test.sh THREADS_AND_TASKS
set -uo pipefail
ulimit -v 500000  # kB: stacks for some 60 threads
output=$("$1" 1000) || { echo "FAILED: exit code $?"; exit 1; }
for line in '^no more threads can be started: ' '^[1-9][0-9]? threads wait'; do
  grep -qE "$line" <<<"$output" || { printf 'FAILED: no line %s in:\n%s\n' "$line" "$output"; exit 1; }
done
