#include "cmd/csv_record.h"

#include <cstddef>

#include "crawler/stored_text.h"
#include "parse/utf8.h"

namespace cmd {
namespace {

// Some readers strip spaces that are not in quotes.
bool needs_quotes(std::string_view text) {
  return text.empty() || text.front() == ' ' || text.back() == ' ' ||
         text.find_first_of("\",\r\n") != std::string_view::npos;
}

}  // namespace

void CsvRecord::add(std::string_view octets) {
  separate();
  const bool is_text = parse::is_utf8(octets) && !octets.contains('\0');
  if (is_text)
    add_text(octets);
  else
    add_text(crawler::stored_text(octets));
}

void CsvRecord::separate() {
  if (!is_first_) out_ += ',';
  is_first_ = false;
}

void CsvRecord::add_text(std::string_view text) {
  if (!needs_quotes(text)) {
    out_ += text;
    return;
  }
  out_ += '"';
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
    out_ += text.substr(0, quote);
    out_ += "\"\"";
    text.remove_prefix(quote + 1);
  }
  out_ += text;
  out_ += '"';
}

}  // namespace cmd
