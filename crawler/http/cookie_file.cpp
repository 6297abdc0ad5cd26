#include "crawler/http/cookie_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <ctime>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <curl/curl.h>

#include "crawler/http/curl_list.h"
#include "crawler/http/easy_handle.h"

namespace crawler::http {
namespace {

/// domain, whether its subdomains too, path, whether https only, expiry, name, value (which may be missing).
bool is_netscape(const std::string& line) {
  const bool is_comment = line.starts_with('#') && !line.starts_with("#HttpOnly_");
  return !is_comment && std::ranges::count(line, '\t') >= 5;
}

/// Of a line in Netscape's format; nothing if it has expired, or is empty.
std::optional<CookieFile::Cookie> cookie_of(std::string_view line) {
  if (line.empty()) return std::nullopt;
  std::array<std::string_view, 7> fields;
  for (std::size_t i = 0; i + 1 < fields.size(); ++i) {
    const std::size_t tab = std::min(line.find('\t'), line.size());
    fields[i] = line.substr(0, tab);
    line.remove_prefix(std::min(tab + 1, line.size()));
  }
  fields.back() = line;
  std::time_t expiry = 0;  // none, if it is that of a session
  std::from_chars(fields[4].data(), fields[4].data() + fields[4].size(), expiry);
  if (expiry != 0 && expiry <= std::time(nullptr)) return std::nullopt;
  return CookieFile::Cookie{.name = std::string(fields[5]),
                            .value = std::string(fields[6]),
                            .path = std::string(fields[2]),
                            .is_secure = fields[3] == "TRUE"};
}

/// As libcurl reads the line and writes it again, in Netscape's format; empty if that is no cookie, or one
/// without a domain. With a handle of its own: none takes more than 50 of these lines.
std::string rewrite(const std::string& line) {
  const EasyHandle easy;
  curl_easy_setopt(easy.curl(), CURLOPT_COOKIELIST, line.c_str());
  curl_slist* list = nullptr;
  curl_easy_getinfo(easy.curl(), CURLINFO_COOKIELIST, &list);
  const CurlList owner(list);
  return list != nullptr ? list->data : "";
}

}  // namespace

bool is_set_cookie(std::string_view line) {
  return line.size() >= kSetCookie.size() &&
         curl_strnequal(line.data(), kSetCookie.data(), kSetCookie.size()) != 0;
}

CookieFile read_cookie_file(const std::filesystem::path& path) {
  std::ifstream stream(path);
  CookieFile file;
  bool has_any = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!is_set_cookie(line) && !is_netscape(line)) continue;
    has_any = true;
    const std::string cookie = rewrite(line);
    if (!cookie.empty()) {
      if (cookie_of(cookie)) file.with_domain.push_back(cookie);
    } else if (is_set_cookie(line)) {
      const std::string with_any = rewrite(line + "; Domain=any.invalid");
      if (auto own = cookie_of(with_any)) file.without_domain.push_back(*std::move(own));
    }
  }
  if (!stream.eof())
    throw std::runtime_error("cannot read cookies from " + path.string() + ": " +
                             std::generic_category().message(errno));
  if (!has_any)
    throw std::runtime_error(path.string() +
                             " has no cookies: give lines in Netscape's format, or 'Set-Cookie: name=value'");
  return file;
}

}  // namespace crawler::http
