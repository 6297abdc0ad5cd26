// An absolute http or https URL, as the WHATWG URL standard reads and writes it.
//
//   auto page = Url::parse("HTTP://Example.com/a/../b?q#f");
//   page->href();                     // "http://example.com/b?q#f"
//   page->key();                      // "http://example.com/b?q": what a page is known by
//   page->resolve("//cdn.org/x");     // "http://cdn.org/x"
//
// Contract: a value, cheap to move, immutable; every string it returns is plain ASCII without white space or
// control characters, and lives as long as the Url. Parsing is total: any bytes (at most max_length of them)
// give a Url or a UrlError, in time linear in their number. Input is taken as UTF-8; malformed sequences
// count as U+FFFD. An href is its own parse: Url::parse(url.href()) gives the same Url.
//
// Source: https://url.spec.whatwg.org/ (basic URL parser, host parser, serializer; IDNA by UTS 46).
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace parse {

enum class UrlError {
  empty,               // nothing but white space
  relative,            // no scheme, and no base to resolve against
  unsupported_scheme,  // well-formed, but neither http nor https
  bad_host,
  bad_port,
  too_long,
};

/// A sentence for people: "the host name is not valid".
std::string_view describe(UrlError error);

class Url {
 public:
  /// Longer input is UrlError::too_long, and so is input whose href would be longer.
  static constexpr std::size_t max_length = 64 * 1024;

  static std::expected<Url, UrlError> parse(std::string_view input);
  /// What `reference` means on a page at this URL: "../a", "//host", "?q", "#f", "" or an absolute URL.
  std::expected<Url, UrlError> resolve(std::string_view reference) const;

  std::string_view href() const { return href_; }
  /// The href without its fragment: what deduplication and page.url go by.
  std::string_view key() const;
  std::string_view scheme() const;    // "http" or "https"
  std::string_view username() const;  // percent-encoded; empty if none
  std::string_view password() const;
  std::string_view credentials() const;  // "name:password", percent-encoded; empty if none
  std::string_view host() const;         // as serialised: "[::1]", "127.0.0.1", "xn--…"
  std::uint16_t port() const;            // effective: 80 or 443 where none is given
  std::string_view path() const;         // "/…"
  std::string_view query() const;        // without '?'
  std::string_view fragment() const;     // without '#'
  Url without_credentials() const& { return Url(*this).without_credentials(); }
  Url without_credentials() &&;
  /// "http://host:port", the port only where it is not the scheme's default.
  std::string origin() const;

  friend bool operator==(const Url& a, const Url& b) { return a.href_ == b.href_; }

 private:
  class Parser;
  Url() = default;

  /// The standard's parser, which takes any input; the base may be null.
  static std::expected<Url, UrlError> parse_any(std::string_view input, const Url* base);
  // The same result sooner, for what most links are; nullopt leaves it to parse_any.
  static std::optional<Url> parse_plain(std::string_view input);
  std::optional<Url> resolve_plain(std::string_view reference) const;
  /// Past the last '/' of the path's part before `path_end`, an offset; the root's where there is none.
  std::size_t directory_end(std::size_t path_end) const;
  /// Takes over the first `size` bytes of `base`, which end in its path or later, with room for `more`.
  void begin_with(const Url& base, std::size_t size, std::size_t more);
  static std::uint16_t default_port(std::string_view scheme);

  std::string_view part(std::size_t begin, std::size_t end) const {
    return std::string_view(href_).substr(begin, end - begin);
  }
  std::size_t username_begin() const { return scheme().size() + 3; }

  // https://user:pass@example.com:8443/path?query#fragment
  //             ^     ^          ^    ^    ^     ^
  // username_end_, host_begin_, host_end_, path_begin_, query_begin_, fragment_begin_. What is absent is
  // empty: it begins where the next part does.
  std::string href_;
  std::uint32_t username_end_ = 0;
  std::uint32_t host_begin_ = 0;
  std::uint32_t host_end_ = 0;
  std::uint32_t path_begin_ = 0;
  std::uint32_t query_begin_ = 0;
  std::uint32_t fragment_begin_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace parse
