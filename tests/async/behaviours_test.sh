#!/bin/bash
# The table of asyncio's behaviours in README.md is whole, and the tests it names exist, and no others.
#   tests/async/behaviours_test.sh FOLDER
set -euo pipefail
cd "$1"
families=(T:9 C:15 G:10 W:8 O:20 P:20 E:3 S:9 L:4 Q:9 A:11 X:6 H:6 D:5 R:2)

all_codes() {
  local family
  for family in "${families[@]}"; do
    for ((i = 1; i <= ${family#*:}; ++i)); do printf '%s%02d\n' "${family%:*}" "$i"; done
  done
}
# rows: of the table, as `code|what holds it, or why nothing does`
rows() { sed -nE 's/^\| ([A-Z][0-9]{2}) \| (.+) \|$/\1|\2/p' README.md; }
# named: the tests of the table, each after the code of its row. What stands in backquotes and has a dot is a test.
named() {
  rows | awk -F'|' '{ n = split($2, part, "`"); for (i = 2; i <= n; i += 2) if (part[i] ~ /\./) print $1, part[i] }'
}
# written: the tests in the sources that have a code in their name, each after that code.
written() {
  sed -nE 's/^TEST(_F)?\(([A-Za-z]+), *(([A-Z][0-9]{2})_[A-Za-z0-9_]+)\).*/\4 \2.\3/p' ./*_test.cpp
}

failures=0
# same WHAT: the two lists on descriptors 3 and 4 hold the same lines.
same() {
  local difference
  difference=$(diff <(sort <&3) <(sort <&4)) && return
  printf 'FAILED: %s (< only in the table, > only in the other):\n%s\n' "$1" "$difference"
  ((++failures))
}
same 'each code has one row' 3< <(rows | cut -d'|' -f1) 4< <(all_codes)
same 'each test with a code stands in the row of its code' 3< <(named) 4< <(written)
while IFS='|' read -r code held; do
  [[ $held == '`'* || $held == 'None: '* ]] && continue
  echo "FAILED: $code names neither a test nor a reason"
  ((++failures))
done < <(rows)
((failures == 0))
