#include "crawler/http/cookie_jar.h"

#include <algorithm>
#include <new>

#include "crawler/http/easy_handle.h"
#include "crawler/http/origin.h"

namespace crawler::http {
namespace {

constexpr std::string_view kWhiteSpace = " \t";

std::string_view path_of(std::string_view url) {
  url.remove_prefix(origin_of(url).key.size());
  return url.substr(0, url.find_first_of("?#"));
}

/// RFC 6265, 5.1.4
bool is_below(std::string_view path, std::string_view cookie_path) {
  if (!path.starts_with(cookie_path)) return false;
  return path.size() == cookie_path.size() || cookie_path.ends_with('/') || path[cookie_path.size()] == '/';
}

/// "name" of "Set-Cookie: name=value; …"
std::string_view name_in(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(kWhiteSpace, kSetCookie.size()), line.size()));
  const std::string_view name = line.substr(0, line.find_first_of("=;"));
  return name.substr(0, name.find_last_not_of(kWhiteSpace) + 1);
}

std::string entry(std::string_view url, std::string_view name) {
  return std::string(origin_of(url).key).append(" ").append(name);
}

}  // namespace

CookieJar::CookieJar(const std::filesystem::path& file)
    : file_(read_cookie_file(file)), share_(curl_share_init()) {
  if (!share_ || curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE) != CURLSHE_OK)
    throw std::bad_alloc();
  reload();
}

void CookieJar::attach(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_SHARE, share_.get());
  // Sharing alone neither sends nor keeps cookies; a file, though it is none, does.
  curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");
}

void CookieJar::make_room() {
  if (held_bytes_ > kMaxBytes) reload();
}

std::string CookieJar::for_listed_origin(std::string_view url) const {
  std::string cookies;
  for (const CookieFile::Cookie& cookie : file_.without_domain) {
    if (cookie.is_secure && !url.starts_with("https:")) continue;
    if (!is_below(path_of(url), cookie.path) || replaced_.contains(entry(url, cookie.name))) continue;
    if (!cookies.empty()) cookies += "; ";
    cookies.append(cookie.name).append("=").append(cookie.value);
  }
  return cookies;
}

void CookieJar::note_header(std::string_view url, std::string_view line) {
  if (!is_set_cookie(line)) return;
  held_bytes_ += kCookieBytes + line.size();
  const std::string_view name = name_in(line);
  if (std::ranges::find(file_.without_domain, name, &CookieFile::Cookie::name) != file_.without_domain.end())
    replaced_.insert(entry(url, name));
}

void CookieJar::reload() {
  const EasyHandle easy;
  curl_easy_setopt(easy.curl(), CURLOPT_SHARE, share_.get());
  curl_easy_setopt(easy.curl(), CURLOPT_COOKIELIST, "ALL");  // forgets all
  for (const std::string& line : file_.with_domain)
    curl_easy_setopt(easy.curl(), CURLOPT_COOKIELIST, line.c_str());
  held_bytes_ = 0;
  replaced_.clear();
}

}  // namespace crawler::http
