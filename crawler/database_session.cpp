#include "crawler/database_session.h"

#include <utility>

#include "crawler/async/to_thread.h"
#include "storage/database.h"
#include "storage/done_urls.h"
#include "storage/page_store.h"
#include "storage/schema.h"

namespace crawler {

using async::Task;
using async::to_thread_of;

struct DatabaseSession::Open {
  Open(const std::filesystem::path& path, const storage::RunStart& start,
       const std::shared_ptr<storage::Patience>& patience)
      : database(storage::open_database(path, patience)),
        pages(database),
        runs(database),
        run(runs.begin(start)),
        done(storage::open_database_for_reading(path, patience), run.job_id) {}

  storage::Database database;
  storage::PageStore pages;
  storage::RunStore runs;
  storage::Run run;
  storage::DoneUrls done;
};

DatabaseSession::DatabaseSession(std::filesystem::path database, storage::RunStart run)
    : path_(std::move(database)), start_(std::move(run)), thread_(std::make_unique<async::ThreadPool>(1)) {}
DatabaseSession::DatabaseSession(DatabaseSession&&) noexcept = default;
DatabaseSession::~DatabaseSession() = default;

Task<> DatabaseSession::enter() {
  open_ = co_await to_thread_of(
      *thread_,
      [](const std::filesystem::path& path, const storage::RunStart& start,
         const std::shared_ptr<storage::Patience>& patience) {
        return std::make_shared<Open>(path, start, patience);
      },
      path_, start_, patience_);
  run_ = open_->run;
}

Task<> DatabaseSession::exit(const std::exception_ptr&) {
  // Closing checkpoints, so it belongs on the thread like every other call.
  co_await to_thread_of(
      *thread_, [](std::shared_ptr<Open> open) { open.reset(); }, std::move(open_));
}

Task<> DatabaseSession::commit(storage::Batch batch) {
  co_await to_thread_of(
      *thread_,
      [](std::shared_ptr<Open> open, const storage::Batch& rows) { open->pages.commit(rows, open->run.id); },
      open_, std::move(batch));
}

Task<std::vector<bool>> DatabaseSession::are_done(std::vector<std::string> urls) {
  co_return co_await to_thread_of(
      *thread_,
      [](std::shared_ptr<Open> open, const std::vector<std::string>& asked) {
        return open->done.check(asked);
      },
      open_, std::move(urls));
}

Task<> DatabaseSession::finish(RunEnd end) {
  co_await to_thread_of(
      *thread_,
      [](std::shared_ptr<Open> open, const RunEnd& how) {
        open->runs.finish(open->run.id, how.state, how.exit_code, how.at, how.totals);
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
