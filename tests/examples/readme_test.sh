#!/bin/bash
# The table in the README of the examples is whole: it has each program of the lecture and each of ours, and what it says
# they print is what the tests expect them to print.
#   tests/examples/readme_test.sh FOLDER
set -euo pipefail
mask=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/mask.sed
cd "$1"
lecture=(
  'Lecture 21, example 21.'{1..3} 'Lecture 21, concept 1.1' 'Lecture 21, concept 4.1'
  'Notes 1, threads' 'Notes 3, ten jobs' 'Notes 4, the pizza box' 'Notes 5, hello world' 'Notes 6, task ordering'
  'Notes 7, sequential awaits' 'Notes 7, concurrent with tasks'
  'Page, greet' 'Page, greet with gather' 'Page, create_task' 'Page, TaskGroup' 'Page, concurrent HTTP fetches'
  'Page, wait_for' 'Page, timeout' 'Page, cancellation' 'Page, stream_lines' 'Page, tail' 'Page, Session'
  'Page, exercise '{1..4})

# rows: of the table, as `program of the lecture|name of ours|what it prints`
rows() { sed -nE 's/^\| ((Lecture 21|Notes|Page)[^|]*) \| \[([a-z0-9_]+)\]\(\3\.cpp\)( \\\*)? \| (.+) \|$/\1|\3|\5/p' README.md; }
# names FILE…: without folder and suffix.
names() { basename -a "$@" | sed 's/\.[a-z]*$//'; }

failures=0
# same WHAT: the two lists on descriptors 3 and 4 hold the same lines.
same() {
  local difference
  difference=$(diff <(sort -u <&3) <(sort -u <&4)) && return
  printf 'FAILED: %s (< only in the first, > only in the second):\n%s\n' "$1" "$difference"
  ((++failures))
}
same 'the lecture and the table' 3< <(printf '%s\n' "${lecture[@]}") 4< <(rows | cut -d'|' -f1)
same 'the programs and the table' 3< <(names ./*.cpp) 4< <(rows | cut -d'|' -f2)
same 'the programs and what is expected of them' 3< <(names ./*.cpp) 4< <(names expected/*.txt)
for name in $(names ./*.cpp); do
  grep -qw -- "$name" CMakeLists.txt || { echo "FAILED: $name is not built"; ((++failures)); }
done

# quotations: of what is printed, each after the name of its program. The numbers of the real world are masked, as in
# what is expected.
quotations() {
  rows | awk -F'|' '{ n = split($3, part, "`"); for (i = 2; i <= n; i += 2) print $2 "|" part[i] }'
}
while IFS='|' read -r name quotation; do
  grep -qF -- '#' "expected/$name.txt" && quotation=$(sed -E -f "$mask" <<<"$quotation")
  grep -qF -- "$quotation" "expected/$name.txt" || { echo "FAILED: $name does not print: $quotation"; ((++failures)); }
done < <(quotations)
((failures == 0))
