// The table `run`: each start of the program, and how it ended.
//
//   RunStore runs(database);
//   Run run = runs.begin({.started_at = now, .mode = Mode::concurrent, .concurrency = 100, .args =
//   "urls.txt",
//                         .source_digest = digest, .resume = true});
//   …
//   runs.finish(run.id, RunState::finished, 0, now, totals);
//
// Contract: the caller holds the DatabaseLock, so a run that is still `running` when another begins is dead
// and becomes `killed`. A job is what a run and its resumptions do together, named by its first run. A run
// resumes the last run with the same source_digest unless that one finished; then, or without `resume`, it is
// a new job. The database outlives the store and is used on the same thread. Throws DatabaseError.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.h"
#include "storage/rows.h"

namespace storage {

enum class Mode { concurrent, sequential };

enum class RunState {
  running,
  finished,  // all that was to be fetched was
  stopped,   // by a limit, --fail-fast or a signal
  failed,    // by an error of its own: the database, the disk
  killed,    // it left no word
};

struct RunStart {
  std::string started_at{};
  Mode mode = Mode::concurrent;
  int concurrency = 1;
  std::string args{};           // as typed, credentials redacted
  std::string source_digest{};  // of the sources and of the options that decide what is fetched
  bool resume = false;
};

struct Run {
  std::int64_t id = 0;
  std::int64_t job_id = 0;                     // its own id, unless it resumes
  std::optional<std::int64_t> resumed_from{};  // the run that it goes on with
};

class RunStore {
 public:
  explicit RunStore(Database& database) : database_(database) {}

  Run begin(const RunStart& start);
  void finish(std::int64_t run_id, RunState state, int exit_code, std::string_view finished_at,
              const RunTotals& totals, const std::vector<SkippedRow>& skipped = {});

  /// Deletes what has served its time: the fetches, the lines of the input and the reasons of all but the
  /// newest runs, and robots.txt of more than a day; in transactions of bounded size, until the Patience is
  /// ending.
  void drop_old_fetches(int keep_runs);

  /// How long the last run of the other mode took for the same sources and as many URLs of them, if one
  /// finished without a resumption.
  std::optional<std::chrono::milliseconds> earlier_run_in_other_mode(std::string_view source_digest,
                                                                     Mode mode, std::int64_t listed);

 private:
  Database& database_;
};

}  // namespace storage
