#include "crawler/http/request_headers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "crawler/http/ascii_case.h"

namespace crawler::http {
namespace {

constexpr std::string_view kWhiteSpace = " \t";

// libcurl says itself where a request ends and what becomes of its connection.
constexpr std::array<std::string_view, 10> kOfTheConnection = {
    "connection", "content-length",    "expect", "http2-settings", "keep-alive", "proxy-connection", "te",
    "trailer",    "transfer-encoding", "upgrade"};

bool is_blank(std::string_view text) { return text.find_first_not_of(kWhiteSpace) == std::string_view::npos; }

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_control_character(char c) {
  const auto code = static_cast<unsigned char>(c);
  return (code < 0x20 && c != '\t') || code == 0x7F;
}

/// As libcurl finds its end: the first ':' of "Name: value", or the ';' of "Name;".
std::size_t end_of_name(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) return colon;
  const std::size_t semicolon = line.find(';');
  return semicolon != std::string_view::npos && is_blank(line.substr(semicolon + 1)) ? semicolon
                                                                                     : std::string_view::npos;
}

}  // namespace

RequestHeaders::RequestHeaders(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    const std::size_t end = end_of_name(line);
    const std::string name = in_lower_case(std::string_view(line).substr(0, end));
    if (name == "cookie") {
      const std::size_t value = line.find_first_not_of(kWhiteSpace, end + 1);
      if (value == std::string::npos) continue;
      if (!cookies_.empty()) cookies_ += "; ";
      cookies_ += line.substr(value);
      continue;
    }
    append(for_listed_origin_, line);
    if (name != "authorization" && name != "proxy-authorization") append(for_others_, line);
  }
}

std::string refuse_bad_header(const std::string& line) {
  if (line.starts_with('@')) return "files of headers are not read: give each line for itself";
  if (std::ranges::any_of(line, is_control_character)) return "must be one line of text";
  const std::size_t end = end_of_name(line);
  if (end == std::string::npos)
    return "give 'Name: value', 'Name;' without a value, or 'Name:' to leave it out";
  const std::string name = in_lower_case(std::string_view(line).substr(0, end));
  if (name.empty() || !std::ranges::all_of(name, is_token_character))
    return "a header's name has letters, digits and '-', and no space before its colon";
  if (name == "host") return "Host is what the URL says: with another the answer would be another site's";
  if (name == "user-agent") return "give it with --user-agent, which robots.txt is read for";
  if (std::ranges::find(kOfTheConnection, name) != kOfTheConnection.end())
    return line.substr(0, end) +
           " is crawl's own: it says where a request ends, or what becomes of its connection";
  return "";
}

}  // namespace crawler::http
