#include "storage/done_urls.h"

#include <utility>

namespace storage {
namespace {

constexpr std::string_view kFind = R"sql(
SELECT 1 FROM page_row JOIN run ON run.id = page_row.run_id
WHERE page_row.url = ? AND run.job_id = ? AND page_row.error IS NOT 'cancelled')sql";

}  // namespace

DoneUrls::DoneUrls(Database reader, std::int64_t job_id)
    : reader_(std::move(reader)), job_id_(job_id), find_(reader_, kFind) {}

std::vector<bool> DoneUrls::check(std::span<const std::string> urls) {
  std::vector<bool> is_done;
  is_done.reserve(urls.size());
  Transaction view(reader_);
  for (const std::string& url : urls) is_done.push_back(find_.query(url, job_id_).next());
  view.commit();
  return is_done;
}

}  // namespace storage
