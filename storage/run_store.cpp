#include "storage/run_store.h"

#include <algorithm>

namespace storage {
namespace {

// Some 100 ms of work a transaction.
constexpr std::int64_t kRowsAtOnce = 20'000;

std::string_view name_of(Mode mode) { return mode == Mode::concurrent ? "concurrent" : "sequential"; }

std::string_view name_of(RunState state) {
  switch (state) {
    case RunState::running:
      return "running";
    case RunState::finished:
      return "finished";
    case RunState::stopped:
      return "stopped";
    case RunState::failed:
      return "failed";
    case RunState::killed:
      return "killed";
  }
  return "killed";
}

/// The run to go on with, and its job.
std::optional<Run> find_unfinished(const Database& database, std::string_view source_digest) {
  Statement find_last(database,
                      "SELECT id, job_id, state FROM run WHERE source_digest = ? ORDER BY id DESC LIMIT 1");
  Rows rows = find_last.query(source_digest);
  if (!rows.next() || rows.text(2) == name_of(RunState::finished)) return std::nullopt;
  return Run{.id = rows.integer(0), .job_id = rows.integer(1), .resumed_from = std::nullopt};
}

void drop_in_chunks(Database& database, std::string_view sql, std::int64_t oldest_kept) {
  Statement drop(database, sql);
  // What is left to a run in a hurry, the next one drops.
  while (!database.patience().is_over() && drop.run(oldest_kept, kRowsAtOnce) == kRowsAtOnce) {
  }
}

}  // namespace

Run RunStore::begin(const RunStart& start) {
  Transaction transaction(database_);
  Statement(database_, "UPDATE run SET state = ? WHERE state = ?")
      .run(name_of(RunState::killed), name_of(RunState::running));
  const auto unfinished = start.resume ? find_unfinished(database_, start.source_digest) : std::nullopt;

  Statement add(database_, R"sql(
      INSERT INTO run(id, job_id, state, started_at, mode, concurrency, args, source_digest)
      SELECT next, coalesce(?1, next), ?2, ?3, ?4, ?5, ?6, ?7
      FROM (SELECT coalesce(max(id), 0) + 1 AS next FROM run)
      RETURNING id, job_id)sql");
  Run run;
  {
    Rows rows =
        add.query(unfinished ? std::optional(unfinished->job_id) : std::nullopt, name_of(RunState::running),
                  start.started_at, name_of(start.mode), start.concurrency, start.args, start.source_digest);
    rows.next();
    run = {.id = rows.integer(0),
           .job_id = rows.integer(1),
           .resumed_from = unfinished ? std::optional(unfinished->id) : std::nullopt};
  }
  transaction.commit();
  return run;
}

void RunStore::finish(std::int64_t run_id, RunState state, int exit_code, std::string_view finished_at,
                      const RunTotals& totals, const std::vector<SkippedRow>& skipped) {
  database_.check_in_place();
  Transaction transaction(database_);
  Statement(database_, R"sql(
      UPDATE run SET state = ?, exit_code = ?, finished_at = ?, listed = ?, ok = ?, failed = ?, skipped = ?,
                     "left" = ?, bytes = ?, wall_ms = ?, cpu_ms = ?, peak_rss_kb = ?
      WHERE id = ?)sql")
      .run(name_of(state), exit_code, finished_at, totals.listed, totals.ok, totals.failed, totals.skipped,
           totals.left, totals.bytes, totals.wall_ms, totals.cpu_ms, totals.peak_rss_kb, run_id);
  Statement skip(database_, "INSERT INTO skipped(run_id, reason, urls, example) VALUES (?, ?, ?, ?)");
  for (const SkippedRow& row : skipped) skip.run(run_id, row.reason, row.urls, row.example);
  transaction.commit();
}

void RunStore::drop_old_fetches(int keep_runs) {
  // RFC 9309, 2.4: nobody goes by them any more.
  database_.execute("DELETE FROM robots WHERE asked_at < unixepoch() - 86400");
  std::int64_t oldest_kept = 0;
  {
    Statement find(database_, "SELECT id FROM run ORDER BY id DESC LIMIT 1 OFFSET ?");
    Rows rows = find.query(std::max(keep_runs, 1) - 1);
    if (!rows.next()) return;
    oldest_kept = rows.integer(0);
  }
  drop_in_chunks(database_, "DELETE FROM fetch WHERE id IN (SELECT id FROM fetch WHERE run_id < ? LIMIT ?)",
                 oldest_kept);
  drop_in_chunks(database_,
                 "DELETE FROM seed_line WHERE (run_id, line) IN"
                 " (SELECT run_id, line FROM seed_line WHERE run_id < ? LIMIT ?)",
                 oldest_kept);
  Statement(database_, "DELETE FROM skipped WHERE run_id < ?").run(oldest_kept);
}

std::optional<std::chrono::milliseconds> RunStore::earlier_run_in_other_mode(std::string_view source_digest,
                                                                             Mode mode, std::int64_t listed) {
  Statement find(database_, R"sql(
      SELECT wall_ms FROM run
      WHERE source_digest = ? AND mode <> ? AND listed = ? AND state = ? AND job_id = id
      ORDER BY id DESC LIMIT 1)sql");
  Rows rows = find.query(source_digest, name_of(mode), listed, name_of(RunState::finished));
  if (!rows.next()) return std::nullopt;
  return std::chrono::milliseconds(rows.integer(0));
}

}  // namespace storage
