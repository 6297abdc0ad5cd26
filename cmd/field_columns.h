// The columns that the fields of many pages need, in the order in which they first appear.
//
//   FieldColumns columns;
//   columns.add("price");                                  // before the header is written
//   FieldValues values(columns);                           // for each record
//   values.set({.name = "price", .value = "\"1.50\""});
//   values.add_to(record);
//
// Contract: throws BadExport for more columns than kMaxFields, and std::runtime_error for a field without a
// column, as it comes from a crawl that still runs. The columns outlive the values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cmd/csv_record.h"
#include "storage/json_text.h"

namespace cmd {

class FieldColumns {
 public:
  /// More than anybody selects, fewer than would make each record a burden.
  static constexpr std::size_t kMaxFields = 1000;

  void add(const std::string& name);
  const std::vector<std::string>& names() const { return names_; }
  std::size_t position_of(const std::string& name) const;

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> positions_;
};

/// The fields of one record. Of a field that is there twice the last is kept.
class FieldValues {
 public:
  explicit FieldValues(const FieldColumns& columns) : columns_(columns), values_(columns.names().size()) {}

  void set(const storage::JsonMember& field);
  void add_to(CsvRecord& record) const;

 private:
  const FieldColumns& columns_;
  std::vector<std::optional<std::string>> values_;
};

}  // namespace cmd
