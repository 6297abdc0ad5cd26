// Writes one record of a CSV file.
//
//   CsvRecord record(text);
//   record.add("say \"so\"");
//   record.add_null();
//   record.add("");
//   record.end();            // "say ""so""",,""\r\n
//
// Contract: total, linear. NULL is an empty field, an empty text is quoted. What is written is UTF-8 without
// NUL, whatever was added. Text that a spreadsheet takes for a formula stays as it is. Source: RFC 4180
#pragma once

#include <string>
#include <string_view>

namespace cmd {

class CsvRecord {
 public:
  /// Appends to `out`, which outlives the record.
  explicit CsvRecord(std::string& out) : out_(out) {}

  void add(std::string_view octets);
  void add_null() { separate(); }
  void end() { out_ += "\r\n"; }

 private:
  void separate();
  void add_text(std::string_view text);

  std::string& out_;
  bool is_first_ = true;
};

}  // namespace cmd
