// A file of cookies, as curl reads it: lines in Netscape's format, and lines "Set-Cookie: name=value; …".
//
//   const CookieFile file = read_cookie_file("cookies.txt");
//   for (const std::string& line : file.with_domain) curl_easy_setopt(easy, CURLOPT_COOKIELIST,
//   line.c_str()); for (const CookieFile::Cookie& cookie : file.without_domain) …
//
// A "Set-Cookie:" line that names no domain came from a host that the file does not tell: such cookies stand
// apart, because libcurl takes them for every host's.
//
// Contract: throws std::runtime_error if the file cannot be read, or has no line of either form. What has
// expired is left out, and so is what libcurl does not take for a cookie: other headers of a response may
// stand between. Source: https://curl.se/docs/http-cookies.html, RFC 6265
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace crawler::http {

struct CookieFile {
  struct Cookie {
    std::string name;
    std::string value;
    std::string path;
    bool is_secure = false;  // for https only
  };

  std::vector<std::string> with_domain;  // in Netscape's format, for CURLOPT_COOKIELIST
  std::vector<Cookie> without_domain;
};

inline constexpr std::string_view kSetCookie = "Set-Cookie:";
/// Whether the line is that header's.
bool is_set_cookie(std::string_view line);

CookieFile read_cookie_file(const std::filesystem::path& path);

}  // namespace crawler::http
