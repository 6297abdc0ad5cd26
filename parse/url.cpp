#include "parse/url.h"

#include <utility>

#include "parse/plain_url.h"

namespace parse {

std::expected<Url, UrlError> Url::parse(std::string_view input) {
  if (std::optional<Url> url = parse_plain(input)) return *std::move(url);
  return parse_any(input, nullptr);
}

std::expected<Url, UrlError> Url::resolve(std::string_view reference) const {
  if (std::optional<Url> url = resolve_plain(reference)) return *std::move(url);
  if (std::optional<Url> url = parse_plain(reference)) return *std::move(url);
  return parse_any(reference, this);
}

std::optional<Url> Url::parse_plain(std::string_view input) {
  if (input.size() > max_length) return std::nullopt;
  const std::optional<PlainUrl> plain = find_plain_url(input);
  if (!plain) return std::nullopt;
  Url url;
  url.href_ = input;
  url.username_end_ = url.host_begin_ = static_cast<std::uint32_t>(plain->host_begin);
  url.host_end_ = url.path_begin_ = static_cast<std::uint32_t>(plain->host_end);
  url.query_begin_ = static_cast<std::uint32_t>(plain->query_begin);
  url.fragment_begin_ = static_cast<std::uint32_t>(plain->fragment_begin);
  url.port_ = default_port(url.scheme());
  return url;
}

std::optional<Url> Url::resolve_plain(std::string_view reference) const {
  if (reference.size() > max_length) return std::nullopt;
  const bool keeps_query = reference.empty() || reference.front() == '#';
  std::size_t kept = keeps_query                ? fragment_begin_
                     : reference.front() == '?' ? query_begin_
                     : reference.front() == '/' ? path_begin_
                                                : directory_end(query_begin_);
  for (; reference.starts_with("../"); reference.remove_prefix(3)) kept = directory_end(kept - 1);
  const std::optional<PlainParts> parts = find_plain_parts(reference);
  if (!parts || kept + reference.size() > max_length) return std::nullopt;

  Url url;
  url.begin_with(*this, kept, reference.size());
  url.href_.append(reference);
  if (!keeps_query) url.query_begin_ = static_cast<std::uint32_t>(kept + parts->query_begin);
  url.fragment_begin_ = static_cast<std::uint32_t>(kept + parts->fragment_begin);
  return url;
}

std::size_t Url::directory_end(std::size_t path_end) const {
  if (path_end <= path_begin_) return path_begin_ + std::size_t{1};
  return href_.rfind('/', path_end - 1) + 1;
}

void Url::begin_with(const Url& base, std::size_t size, std::size_t more) {
  href_.reserve(size + more);
  href_.assign(base.href_, 0, size);
  username_end_ = base.username_end_;
  host_begin_ = base.host_begin_;
  host_end_ = base.host_end_;
  port_ = base.port_;
  path_begin_ = base.path_begin_;
  query_begin_ = base.query_begin_;
}

std::string_view Url::key() const { return part(0, fragment_begin_); }

std::string_view Url::scheme() const { return part(0, href_[4] == 's' ? 5 : 4); }

std::string_view Url::username() const { return part(username_begin(), username_end_); }

std::string_view Url::password() const {
  const bool has_password = username_end_ + 1 < host_begin_;
  return has_password ? part(username_end_ + 1, host_begin_ - 1) : std::string_view();
}

std::string_view Url::credentials() const {
  return host_begin_ > username_begin() ? part(username_begin(), host_begin_ - 1) : std::string_view();
}

std::string_view Url::host() const { return part(host_begin_, host_end_); }

std::uint16_t Url::port() const { return port_; }

std::string_view Url::path() const { return part(path_begin_, query_begin_); }

std::string_view Url::query() const {
  return query_begin_ < fragment_begin_ ? part(query_begin_ + 1, fragment_begin_) : std::string_view();
}

std::string_view Url::fragment() const {
  return fragment_begin_ < href_.size() ? part(fragment_begin_ + 1, href_.size()) : std::string_view();
}

Url Url::without_credentials() && {
  const std::size_t begin = username_begin();
  const std::uint32_t removed = host_begin_ - static_cast<std::uint32_t>(begin);
  if (removed == 0) return std::move(*this);
  href_.erase(begin, removed);
  username_end_ = host_begin_ = static_cast<std::uint32_t>(begin);
  for (std::uint32_t* end : {&host_end_, &path_begin_, &query_begin_, &fragment_begin_}) *end -= removed;
  return std::move(*this);
}

std::uint16_t Url::default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

std::string Url::origin() const {
  return std::string(scheme()).append("://").append(part(host_begin_, path_begin_));
}

std::string_view describe(UrlError error) {
  switch (error) {
    case UrlError::empty:
      return "there is no URL";
    case UrlError::relative:
      return "the URL is relative, and there is nothing to resolve it against";
    case UrlError::unsupported_scheme:
      return "the scheme is neither http nor https";
    case UrlError::bad_host:
      return "the host name is not valid";
    case UrlError::bad_port:
      return "the port is not a number up to 65535";
    case UrlError::too_long:
      return "the URL is longer than 64 KiB";
  }
  return "the URL is not valid";
}

}  // namespace parse
