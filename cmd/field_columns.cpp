#include "cmd/field_columns.h"

#include <stdexcept>
#include <utility>

#include "cmd/export_pages.h"

namespace cmd {

void FieldColumns::add(const std::string& name) {
  if (!positions_.try_emplace(name, names_.size()).second) return;
  if (names_.size() == kMaxFields)
    throw BadExport("the pages have more than " + std::to_string(kMaxFields) +
                    " different fields, too many for columns: use --format jsonl");
  names_.push_back(name);
}

std::size_t FieldColumns::position_of(const std::string& name) const {
  const auto found = positions_.find(name);
  if (found != positions_.end()) return found->second;
  throw std::runtime_error("a crawl gave pages a new field meanwhile, " + name +
                           ": export again when it has ended");
}

void FieldValues::set(const storage::JsonMember& field) {
  std::optional<std::string>& value = values_[columns_.position_of(field.name)];
  if (field.value == "null")
    value = std::nullopt;
  else if (std::optional<std::string> text = storage::string_of(field.value))
    value = std::move(text);
  else
    value = field.value;
}

void FieldValues::add_to(CsvRecord& record) const {
  for (const std::optional<std::string>& value : values_) {
    if (value)
      record.add(*value);
    else
      record.add_null();
  }
}

}  // namespace cmd
