#!/bin/bash
# bench/compare measures crawl and prints its table. The peers are not for a test: they are large and slow.
#   tests/scripts/compare_test.sh ROOT CRAWL
set -euo pipefail
[[ -x $1/build/tools/nginx || -x /usr/sbin/nginx ]] && [[ -x /usr/bin/python3 ]] || exit 77
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
export TMPDIR=$folder/tmp
mkdir -p "$TMPDIR" "$folder/pages/sub"
for page in 1 2 'a b' sub/'c%20#d'; do
  echo '<!doctype html><title>A page</title><a href=/>home</a>' >"$folder/pages/$page.html"
done

# expect TEXT LINE: the text holds a line that matches the extended regular expression.
expect() {
  grep -qE "$2" <<<"$1" || { printf 'FAILED: no line matches %s in:\n%s\n' "$2" "$1"; exit 1; }
}

compare() { /usr/bin/python3 "$1/bench/compare/compare.py" --pages "$folder/pages" --only crawl --rounds 1 "${@:2}" 2>&1; }

expect "$(compare "$1" --crawl "$2")" '^\| crawl [0-9.]+ \| 4 \|( [0-9.,]+ \|){4} 1\.00 \(1\.00 to 1\.00\) \|'

# A program that loses a page is said to: this one fetches the list without its first line.
cat >"$folder/loses" <<LOSES
#!/bin/bash
[[ \$1 != --version ]] || exec "$2" --version
tail -n +2 "\${@: -1}" >fewer && exec "$2" "\${@:1:\$#-1}" fewer
LOSES
chmod +x "$folder/loses"
expect "$(compare "$1" --crawl "$folder/loses")" '^\| crawl [0-9.]+ \| \*\*3 of 4\*\* \|'

# One that fails is said to, and so does the exit code.
printf '#!/bin/bash\n[[ $1 == --version ]] || { echo "out of luck" && exit 3; }\n' >"$folder/fails" && chmod +x "$folder/fails"
if said=$(compare "$1" --crawl "$folder/fails"); then
  echo "FAILED: a run that failed is no success" && exit 1
fi
expect "$said" '^crawl ended with 3: out of luck$'
expect "$said" '^\| crawl  ?\| failed \|'

# Nothing is left behind.
[[ -z $(ls "$TMPDIR") ]] || { echo "FAILED: left behind: $(ls "$TMPDIR")" && exit 1; }
