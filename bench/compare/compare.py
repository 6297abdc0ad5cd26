"""Measures one list job in several programs, which take turns: see ./run, which installs and builds what this needs.

Each program fetches the same URLs from nginx on loopback, 100 at a time, on a core of its own, and leaves a row for each
page: url, status, title, how many links, body. A round runs each program once, the next round begins with another; one
round more comes first and does not count. A figure is the median of the rounds. CPU is user and system time of the
program with its children; peak memory is of the largest process, and 17 MB or so at least: this script's own, which
Linux counts in what it starts. A program that delivers no page or exceeds the time-out loses that round; its row says so.
"""
import argparse
import contextlib
import dataclasses
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent.parent / "build"
PYTHON = "/usr/bin/python3"  # Debian's: another one would not find Debian's packages
CONCURRENCY = "100"
TIMEOUT_SECONDS = 900
NO_PROXY = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


@dataclasses.dataclass
class Program:
    name: str
    title: str  # {} for the version
    version: list  # a command that prints it, and fails where the program is not installed
    command: object  # list of URLs, place of the results -> command
    keeps: str
    count: object  # place of the results -> how many pages are there; None: all, or none if the exit code is not 0


def count_rows(database):
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT count(*) FROM page WHERE status = 200 AND length(body) > 0").fetchone()[0]


def count_files(folder):
    return sum(1 for path in folder.rglob("*") if path.is_file() and path.stat().st_size > 0)


def programs(crawl):
    bare = BUILD / "bench/bench/bare_multi"
    crawlee = BUILD / "compare"
    facts = "title, links, body in SQLite"
    return [
        Program("bare", "bare libcurl", ["test", "-x", bare], lambda urls, results: [bare, CONCURRENCY, urls],
                "nothing: the floor", None),
        Program("crawl", "crawl {}", [crawl, "--version"],
                lambda urls, results: [crawl, "-q", "--store", "body,text", "-c", CONCURRENCY, "-o", results, urls],
                f"{facts}; text and more", count_rows),
        Program("gumbo", "crawl {}, gumbo", [crawl, "--version"],
                lambda urls, results: [crawl, "-q", "--parser", "gumbo", "--store", "body,text", "-c", CONCURRENCY,
                                       "-o", results, urls], f"{facts}; text and more", count_rows),
        Program("wget2", "wget2 {}", ["wget2", "--version"],
                lambda urls, results: ["wget2", "-q", "--no-config", "--no-hsts", "--max-threads", CONCURRENCY,
                                       "--force-directories", "-P", results, "-i", urls],
                "files, reads no facts", count_files),
        Program("aiohttp", "aiohttp {} + lxml", [PYTHON, "-c", "import aiohttp, lxml.html; print(aiohttp.__version__)"],
                lambda urls, results: [PYTHON, HERE / "aiohttp_lxml.py", CONCURRENCY, urls, results], facts, count_rows),
        Program("scrapy", "Scrapy {}", [PYTHON, "-c", "import scrapy; print(scrapy.__version__)"],
                lambda urls, results: [PYTHON, HERE / "scrapy_spider.py", CONCURRENCY, urls, results], facts, count_rows),
        Program("crawlee", "Crawlee {} (Cheerio)",
                ["node", "-p", "require(process.argv[1]).version", crawlee / "node_modules/@crawlee/cheerio/package.json"],
                lambda urls, results: ["node", crawlee / "crawlee.mjs", CONCURRENCY, urls, results], facts, count_rows),
    ]


def version_of(program):
    """None where it is not installed, empty where it does not say."""
    try:
        said = subprocess.run(program.version, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\b\d+\.\d+(\.\d+)*\b", said)
    return found[0] if found else ""


def pinned(core, *command):
    """Ends with this process, whichever way it ends."""
    return ["setpriv", "--pdeathsig", "KILL", "taskset", "-c", str(core), *command]


@contextlib.contextmanager
def nginx(pages, core, directory):
    (directory / "pages").symlink_to(pages)  # a name that needs no quoting in the configuration
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    temporary = " ".join(f"{name}_temp_path {directory}/{name};"
                         for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (directory / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {directory}/pid; error_log {directory}/error.log;\n"
        f"events {{ worker_connections 4096; }}\n"
        f"http {{ access_log off; {temporary} sendfile on; keepalive_requests 1000000;\n"
        f"types {{ text/html html htm; }} open_file_cache max=20000;\n"
        f"server {{ listen 127.0.0.1:{port} backlog=4096; root {directory}/pages; }} }}\n")
    program = next((path for path in (BUILD / "tools/nginx", "/usr/sbin/nginx") if os.path.exists(path)), None)
    if program is None:
        sys.exit("There is no nginx: bench/compare/run unpacks it.")
    server = subprocess.Popen(pinned(core, program, "-c", directory / "nginx.conf", "-e", directory / "error.log"))
    try:
        while True:
            with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
                break
            if server.poll() is not None:
                sys.exit("nginx ended: " + (directory / "error.log").read_text())
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.kill()
        server.wait()


@dataclasses.dataclass
class Cost:
    pages: int
    wall: float
    cpu: float
    megabytes: float


def run(command, directory):
    """The exit code (None after the time-out), seconds, and what it used."""
    with open(directory / "said", "w") as said:
        began = time.monotonic()
        process = subprocess.Popen(command, env=NO_PROXY, cwd=directory, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                                   start_new_session=True)
        try:
            signal.alarm(TIMEOUT_SECONDS)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, time.monotonic() - began, usage
        except TimeoutError:
            return None, TIMEOUT_SECONDS, None
        finally:
            signal.alarm(0)
            with contextlib.suppress(ProcessLookupError):  # with its children, should it have left any
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def measure(program, urls, total, core, directory):
    """The cost of one run; None if it brought nothing. What went wrong is said."""
    results = directory / "results"
    exit_code, wall, usage = run(pinned(core, *program.command(urls, results)), directory)
    try:
        pages = program.count(results) if program.count else total * (exit_code == 0)
    except sqlite3.Error as error:
        print(f"{program.name} left no table of pages: {error}", file=sys.stderr)
        pages = 0
    finally:
        for path in directory.glob("results*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if exit_code != 0:
        how = f"did not end in {TIMEOUT_SECONDS} s" if exit_code is None else f"ended with {exit_code}"
        print(f"{program.name} {how}: {(directory / 'said').read_text(errors='replace')[-1000:].strip()}", file=sys.stderr)
    if exit_code is None or pages == 0:
        return None
    return Cost(pages, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def run_rounds(chosen, rounds, measure_one):
    """What `measure_one` gives for each program, a list of each."""
    costs = {program.name: [] for program in chosen}
    for turn in range(rounds + 1):
        print(f"round {turn} of {rounds}" if turn else "warming up", file=sys.stderr)
        for i in range(len(chosen)):
            program = chosen[(turn + i) % len(chosen)]
            cost = measure_one(program)
            if turn > 0:
                costs[program.name].append(cost)
    return costs


def ratio(costs, others):
    """CPU seconds a page to those of the same round: the median, lowest to highest."""
    pairs = [(cost, other) for cost, other in zip(costs, others) if cost and other]
    if not pairs:
        return "-"
    each = [(cost.cpu / cost.pages) / (other.cpu / other.pages) for cost, other in pairs]
    return f"{statistics.median(each):.2f} ({min(each):.2f} to {max(each):.2f})"


def row(program, version, costs, others, total, megabytes):
    """A line of the table: the medians of those rounds that brought pages."""
    done = [cost for cost in costs if cost]
    title = f"| {program.title.format(version)}"
    if not done:
        return f"{title} | failed |" + " |" * 7

    def median(figure):
        return statistics.median(figure(cost) for cost in done)

    fewest = min(cost.pages for cost in done)
    pages = f"{fewest:,}" if fewest == total else f"**{fewest:,} of {total:,}**"
    if len(done) < len(costs):
        pages += f", {len(costs) - len(done)} of {len(costs)} rounds failed"
    megabytes_each = megabytes / total
    cells = [
        pages,
        f"{median(lambda cost: cost.wall):.2f}",
        f"{median(lambda cost: cost.cpu):.2f}",
        f"{median(lambda cost: cost.pages / cost.cpu):,.0f}",
        f"{median(lambda cost: cost.pages * megabytes_each / cost.cpu):,.1f}",
        ratio(costs, others),
        f"{median(lambda cost: cost.megabytes):,.0f}",
        program.keeps,
    ]
    return f"{title} | {' | '.join(cells)} |"


def parse_arguments():
    parser = argparse.ArgumentParser(prog="bench/compare/run")
    parser.add_argument("--pages", type=pathlib.Path, help="folder of HTML files (python3-doc's)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="names, with commas between: bare,crawl,gumbo,wget2,aiohttp,scrapy,crawlee")
    parser.add_argument("--core", type=int, default=0, help="what the programs are pinned to; nginx has another")
    parser.add_argument("--crawl", type=pathlib.Path, default=BUILD / "bench/crawl")
    arguments = parser.parse_args()
    arguments.pages = arguments.pages or next(pathlib.Path("/usr/share/doc").glob("python3.*/html"), None)
    if not arguments.pages or not arguments.pages.is_dir():
        parser.error("no folder of pages: install python3-doc, or give --pages")
    if arguments.rounds < 1:
        parser.error("--rounds is at least 1")
    return parser, arguments


def main():
    parser, arguments = parse_arguments()
    all_programs = programs(arguments.crawl.resolve())
    names = arguments.only.split(",") if arguments.only else [program.name for program in all_programs]
    if set(names) - {program.name for program in all_programs}:
        parser.error("--only takes " + ",".join(program.name for program in all_programs))
    wanted = [program for program in all_programs if program.name in names]
    versions = {program.name: version_of(program) for program in wanted}
    chosen = [program for program in wanted if versions[program.name] is not None]
    if not chosen:
        sys.exit(f"None of them is installed: {', '.join(names)}.")

    root = arguments.pages.resolve()
    pages = (path for suffix in ("html", "htm") for path in root.glob(f"**/*.{suffix}") if path.is_file())
    files = sorted(path for path in pages if path.stat().st_size > 0)
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    server_core = next((core for core in sorted(os.sched_getaffinity(0)) if core != arguments.core), arguments.core)
    if not files:
        sys.exit(f"There is no HTML file below {root}.")

    with tempfile.TemporaryDirectory(prefix="compare-") as name:
        directory = pathlib.Path(name)
        with nginx(root, server_core, directory) as base:
            urls = directory / "urls.txt"
            urls.write_text("".join(base + urllib.parse.quote(os.fsencode(path.relative_to(root))) + "\n" for path in files))
            costs = run_rounds(chosen, arguments.rounds,
                               lambda program: measure(program, urls, len(files), arguments.core, directory))

    print("| | pages | seconds | CPU s | pages / CPU s | MB of HTML / CPU s | CPU, crawl's = 1 | peak MB | keeps |")
    print("|---|---|---|---|---|---|---|---|---|")
    for program in chosen:
        print(row(program, versions[program.name], costs[program.name], costs.get("crawl", []), len(files), megabytes))
    print(f"\n{len(files):,} pages, {megabytes:,.1f} MB of HTML, {CONCURRENCY} at a time, one core; "
          f"median of the rounds ({arguments.rounds}), lowest to highest in brackets.")
    for program in wanted:
        if program not in chosen:
            print(f"Left out, because it is not installed: {program.name}.")
    sys.exit(1 if any(cost is None for each in costs.values() for cost in each) else 0)


def raise_timeout(number, frame):
    raise TimeoutError


for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, frame: sys.exit(128 + number))
signal.signal(signal.SIGALRM, raise_timeout)
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
main()
