// Which URLs a job has done with: what a resume skips, and what settles whether a link is new.
//
//   DoneUrls done(open_database_for_reading(path), run.job_id);
//   std::vector<bool> is_done = done.check(urls);  // one answer a URL, in their order
//
// Contract: a URL is done once a committed row says how it ended in a run of the job; one that was cancelled
// is not. It sees all that was committed before the call, and is used on one thread, its own connection apart
// from the writer's. The view of the database is given back after each call, so that it never holds up a
// checkpoint.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "storage/database.h"

namespace storage {

class DoneUrls {
 public:
  DoneUrls(Database reader, std::int64_t job_id);

  std::vector<bool> check(std::span<const std::string> urls);

 private:
  Database reader_;  // before the statement, which is made from it
  std::int64_t job_id_;
  Statement find_;
};

}  // namespace storage
