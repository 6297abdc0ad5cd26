#include "cmd/progress_line.h"

#include <string_view>
#include <vector>

#include "cmd/figures.h"

namespace cmd {
namespace {

constexpr std::string_view kGap = "   ";

/// What says most first.
std::vector<std::string> parts_of(const crawler::RunReport& report, const ProgressFigures& figures) {
  std::vector<std::string> parts;
  parts.push_back(with_commas(report.ended) + " done");
  if (report.known > 0) parts.push_back(with_commas(report.waiting) + " waiting");
  parts.push_back(as_ratio(figures.pages_per_second) + " pages/s");
  if (report.failed > 0) parts.push_back(with_commas(report.failed) + " failed");
  parts.push_back(with_commas(report.under_way) + " under way");
  parts.push_back(as_seconds(figures.elapsed));
  parts.push_back(as_bytes(report.bytes));
  if (report.known > 0) parts.push_back(with_commas(report.known) + " known");
  return parts;
}

}  // namespace

std::string progress_line(const crawler::RunReport& report, const ProgressFigures& figures) {
  std::string line;
  for (const std::string& part : parts_of(report, figures)) {
    const std::string_view gap = line.empty() ? "" : kGap;
    if (line.size() + gap.size() + part.size() > figures.columns) break;
    line += gap;
    line += part;
  }
  return line;
}

}  // namespace cmd
