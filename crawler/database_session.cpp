#include "crawler/database_session.h"

#include <utility>

#include "crawler/async/to_thread.h"
#include "storage/database.h"
#include "storage/done_urls.h"
#include "storage/page_store.h"
#include "storage/robots_store.h"
#include "storage/schema.h"

namespace crawler {

using async::Task;
using async::to_thread_of;

struct DatabaseSession::Open {
  Open(const std::filesystem::path& path, const storage::RunStart& start,
       const std::shared_ptr<storage::Patience>& patience)
      : database(path.empty() ? storage::open_temporary_database() : storage::open_database(path, patience)),
        pages(database),
        robots(database),
        runs(database),
        run(runs.begin(start)) {
    if (!path.empty()) done.emplace(storage::open_database_for_reading(path, patience), run.job_id);
  }

  void open_frontier(const Following& following, bool ignores_tracking) {
    storage::Transaction transaction(database);
    frontier.emplace(database, following, ignores_tracking,
                     Frontier::Job{.id = run.job_id, .is_resumed = run.resumed_from.has_value()});
    frontier->flush();
    transaction.commit();
  }

  FrontierState commit(const Commit& commit) {
    database.check_in_place();
    storage::Transaction transaction(database);
    pages.add(commit.rows, run.id);
    if (frontier) {
      for (const Finding& finding : commit.findings) frontier->complete(finding);
      frontier->flush();
    }
    transaction.commit();
    return frontier ? frontier->state() : FrontierState();
  }

  std::vector<SeedVerdict> put_given(const SeedLines& lines) {
    storage::Transaction transaction(database);
    std::vector<SeedVerdict> verdicts;
    for (const SeedLine& line : lines) verdicts.push_back(frontier->put_given(line));
    frontier->flush();
    transaction.commit();
    return verdicts;
  }

  storage::Database database;
  storage::PageStore pages;
  storage::RobotsStore robots;
  storage::RunStore runs;
  storage::Run run;
  std::optional<storage::DoneUrls> done;  // of a list
  std::optional<Frontier> frontier;
};

DatabaseSession::DatabaseSession(std::filesystem::path database, storage::RunStart run,
                                 std::optional<Following> following, bool ignores_tracking)
    : path_(std::move(database)),
      start_(std::move(run)),
      following_(std::move(following)),
      ignores_tracking_(ignores_tracking),
      thread_(std::make_unique<async::ThreadPool>(1)) {}
DatabaseSession::DatabaseSession(DatabaseSession&&) noexcept = default;
DatabaseSession::~DatabaseSession() = default;

Task<> DatabaseSession::enter() {
  open_ = co_await to_thread_of(
      *thread_,
      [](const std::filesystem::path& path, const storage::RunStart& start,
         const std::shared_ptr<storage::Patience>& patience, const std::optional<Following>& following,
         bool ignores_tracking) {
        auto open = std::make_shared<Open>(path, start, patience);
        if (following) open->open_frontier(*following, ignores_tracking);
        return open;
      },
      path_, start_, patience_, following_, ignores_tracking_);
  run_ = open_->run;
}

Task<> DatabaseSession::exit(const std::exception_ptr&) {
  // Closing checkpoints, so it belongs on the thread like every other call.
  co_await to_thread_of(
      *thread_, [](std::shared_ptr<Open> open) { open.reset(); }, std::move(open_));
}

Task<FrontierState> DatabaseSession::commit(Commit commit) {
  co_return co_await to_thread_of(
      *thread_, [](std::shared_ptr<Open> open, const Commit& what) { return open->commit(what); }, open_,
      std::move(commit));
}

Task<std::vector<SeedVerdict>> DatabaseSession::put_given(SeedLines lines) {
  co_return co_await to_thread_of(
      *thread_, [](std::shared_ptr<Open> open, const SeedLines& given) { return open->put_given(given); },
      open_, std::move(lines));
}

Task<Claims> DatabaseSession::claim(std::size_t most, bool begins_round) {
  co_return co_await to_thread_of(
      *thread_,
      [](std::shared_ptr<Open> open, std::size_t at_most, bool begins) {
        return open->frontier->claim(at_most, begins);
      },
      open_, most, begins_round);
}

Task<> DatabaseSession::give_back(std::vector<Claim> claims, std::chrono::milliseconds pause) {
  co_await to_thread_of(
      *thread_,
      [](std::shared_ptr<Open> open, const std::vector<Claim>& given, std::chrono::milliseconds time) {
        open->frontier->give_back(given, time);
      },
      open_, std::move(claims), pause);
}

Task<std::vector<storage::RobotsRow>> DatabaseSession::find_robots(std::vector<std::string> origins) {
  co_return co_await to_thread_of(
      *thread_,
      [](std::shared_ptr<Open> open, const std::vector<std::string>& sought) {
        std::vector<storage::RobotsRow> found;
        for (const std::string& origin : sought)
          if (auto row = open->robots.find(origin)) found.push_back(*std::move(row));
        return found;
      },
      open_, std::move(origins));
}

Task<std::vector<bool>> DatabaseSession::are_done(std::vector<std::string> urls) {
  co_return co_await to_thread_of(
      *thread_,
      [](std::shared_ptr<Open> open, const std::vector<std::string>& asked) {
        return open->done->check(asked);
      },
      open_, std::move(urls));
}

Task<> DatabaseSession::finish(RunEnd end) {
  co_await to_thread_of(
      *thread_,
      [](std::shared_ptr<Open> open, const RunEnd& how) {
        open->runs.finish(open->run.id, how.state, how.exit_code, how.at, how.totals, how.skipped);
      },
      open_, std::move(end));
}

Task<> DatabaseSession::drop_old_fetches(int keep_runs) {
  co_await to_thread_of(
      *thread_, [](std::shared_ptr<Open> open, int keep) { open->runs.drop_old_fetches(keep); }, open_,
      keep_runs);
}

Task<std::optional<std::chrono::milliseconds>> DatabaseSession::earlier_run_in_other_mode(
    std::int64_t listed) {
  co_return co_await to_thread_of(
      *thread_,
      [](std::shared_ptr<Open> open, const std::string& digest, storage::Mode mode, std::int64_t count) {
        return open->runs.earlier_run_in_other_mode(digest, mode, count);
      },
      open_, start_.source_digest, start_.mode, listed);
}

}  // namespace crawler
