// The database for the length of a run, as the loop sees it: every call is made on the session's one thread.
//
//   co_await async_with(DatabaseSession(path, run_start), [&](DatabaseSession& database) -> Task<> {
//     co_await database.commit(std::move(batch));
//   });
//
// Contract: within a RunLock. enter() opens the database and begins a run; exit() closes it, after all calls
// that were made before. Calls run in the order they were made; a cancelled one that has begun runs to its
// end. What fails throws storage::DatabaseError.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crawler/async/task.h"
#include "crawler/async/thread_pool.h"
#include "crawler/claim.h"
#include "crawler/frontier.h"
#include "crawler/list_source.h"
#include "crawler/page_sink.h"
#include "crawler/seed_verdict.h"
#include "storage/patience.h"
#include "storage/rows.h"
#include "storage/run_store.h"

namespace crawler {

/// How a run ended, for its row.
struct RunEnd {
  storage::RunState state = storage::RunState::finished;
  int exit_code = 0;
  std::string at;
  storage::RunTotals totals;
  std::vector<storage::SkippedRow> skipped;
};

class DatabaseSession : public PageSink {
 public:
  /// As the database's name: one that nobody sees, and that goes with the session.
  static constexpr const char* kTemporary = "";

  /// `following`: the run has a frontier.
  DatabaseSession(std::filesystem::path database, storage::RunStart run,
                  std::optional<Following> following = std::nullopt, bool ignores_tracking = false);
  DatabaseSession(DatabaseSession&&) noexcept;
  ~DatabaseSession() override;

  async::Task<> enter();
  async::Task<> exit(const std::exception_ptr& error);

  /// For enter() too.
  const std::shared_ptr<storage::Patience>& patience() const override { return patience_; }
  const storage::Run& run() const { return run_; }

  async::Task<FrontierState> commit(Commit commit) override;
  DatabaseSession* database() override { return this; }

  /// The frontier's, see there. What is given is safe when it is judged.
  async::Task<std::vector<SeedVerdict>> put_given(SeedLines lines);
  async::Task<Claims> claim(std::size_t most, bool begins_round);
  async::Task<> give_back(std::vector<Claim> claims, std::chrono::milliseconds pause);
  /// What is known of these origins' robots.txt; only what is.
  async::Task<std::vector<storage::RobotsRow>> find_robots(std::vector<std::string> origins);
  std::chrono::milliseconds max_batch_age() const override { return std::chrono::milliseconds(250); }
  async::Task<std::vector<bool>> are_done(std::vector<std::string> urls) override;
  async::Task<> finish(RunEnd end);
  async::Task<> drop_old_fetches(int keep_runs);
  /// How long the last finished run of the same list took in the other mode.
  async::Task<std::optional<std::chrono::milliseconds>> earlier_run_in_other_mode(std::int64_t listed);

 private:
  struct Open;

  std::filesystem::path path_;
  storage::RunStart start_;
  std::optional<Following> following_;
  bool ignores_tracking_;
  std::shared_ptr<storage::Patience> patience_ = std::make_shared<storage::Patience>();
  storage::Run run_;
  std::shared_ptr<Open> open_;  // touched on the thread only
  std::unique_ptr<async::ThreadPool> thread_;
};

}  // namespace crawler
