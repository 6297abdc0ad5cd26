// From an answer to what the database keeps of it: decoding, facts, links, text, the fields asked for.
//
//   ReadPage page = read_page(std::move(answer), Reading(config), now);
//   commit(page.row, page.finding);
//
// Contract: pure but for the time it is told; thread-safe; owns what it works on. Takes some 5 µs a kilobyte
// of HTML, and ten times that where fields are taken or gumbo is to read it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "crawler/answer.h"
#include "crawler/config.h"
#include "crawler/finding.h"
#include "parse/extraction.h"
#include "parse/robots.h"
#include "storage/rows.h"

namespace crawler {

/// What is read of a page; small, to be copied to a thread.
struct Reading {
  Reading() = default;
  explicit Reading(const Config& config)
      : keep(config.keep),
        parser(config.parser),
        extraction(config.extraction),
        ignores_tracking(config.ignores_tracking),
        follows(config.following.has_value()),
        takes_sitemaps(follows && config.following->takes_sitemaps) {
    if (follows && config.following->honours_nofollow)
      nofollow_token = parse::product_token(config.user_agent);
  }

  bool needs_tree() const { return parser == Parser::gumbo || extraction; }

  Keep keep;
  Parser parser = Parser::tokens;
  std::shared_ptr<const parse::Extraction> extraction;  // null: no fields
  bool ignores_tracking = false;
  bool follows = false;
  bool takes_sitemaps = false;  // of what the user gave
  std::string nofollow_token;   // see followed_links()
};

struct ReadPage {
  storage::PageOutcome row{};
  std::optional<Finding> finding{};  // of a URL that was claimed
};

/// `ended_at` is in ISO 8601.
ReadPage read_page(Answer answer, const Reading& reading, std::string ended_at);

/// Whether it is worth a thread: on the loop it could hold up the other transfers for more than 5 ms.
bool is_slow_to_read(const Answer& answer, const Reading& reading);
/// Whether it may take so much memory that no two such are to be read at once.
bool is_huge_to_read(const Answer& answer);

}  // namespace crawler
