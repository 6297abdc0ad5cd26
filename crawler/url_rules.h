// --include and --exclude: which URLs a crawl may follow, by regular expressions.
//
//   const UrlRules rules({"/docs/"}, {"[?&]sort=", "\\.pdf$"});
//   rules.allows(url);      // it matches one of the first, or there is none, and none of the second
//   refuse_bad_expression("[0-9");      // a sentence that says what is wrong; "" of a good one
//
// An expression sees the URL without its fragment, as parse::Url serialises it (Punycode and
// percent-encoded), and may match any part of it.
//
// Contract: pure but for RE2's caches, at most 8 MB for each expression and for each of the two lists. Linear
// in the URL, whatever the expression. The constructor throws std::invalid_argument with the sentence.
//
// Source: https://github.com/google/re2/wiki/Syntax
#pragma once

#include <memory>
#include <optional>
#include <re2/re2.h>
#include <re2/set.h>
#include <string>
#include <string_view>
#include <vector>

#include "parse/url.h"

namespace crawler {

std::string refuse_bad_expression(const std::string& expression);

class UrlRules {
 public:
  UrlRules(const std::vector<std::string>& include, const std::vector<std::string>& exclude);
  bool allows(const parse::Url& url) const;

 private:
  class Expressions {
   public:
    explicit Expressions(const std::vector<std::string>& expressions);
    bool is_empty() const { return each_.empty(); }
    bool match(std::string_view text) const;

   private:
    std::vector<std::unique_ptr<const re2::RE2>> each_;
    std::optional<re2::RE2::Set> together_;  // one pass for all, where there are several
  };

  Expressions include_;
  Expressions exclude_;
};

}  // namespace crawler
