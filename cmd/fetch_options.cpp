#include "cmd/fetch_options.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "cmd/quantity_option.h"
#include "crawler/async/event_loop.h"
#include "crawler/http/ares_channel.h"
#include "crawler/http/cookie_file.h"
#include "crawler/http/request_headers.h"
#include "crawler/http/tls_store.h"

namespace cmd {
namespace {

/// A line feed in it would begin another header.
std::string refuse_control_characters(const std::string& text) {
  const bool is_line = std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return is_line ? "" : "must be one line of text";
}

/// What `attempt` throws as a std::runtime_error; empty if it does not.
template <class Attempt>
std::string refusal_of(Attempt attempt) {
  try {
    attempt();
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

std::string refuse_what_is_no_authority(const std::string& file) {
  return refusal_of([&file] { const crawler::http::TlsStore store(file); });
}

std::string refuse_what_has_no_cookies(const std::string& file) {
  return refusal_of([&file] { crawler::http::read_cookie_file(file); });
}

std::string refuse_unknown_servers(const std::string& servers) {
  if (servers.empty()) return "give at least one";
  return refusal_of([&servers] {
    crawler::async::EventLoop loop;
    const crawler::http::AresChannel channel(loop, servers, "", std::chrono::seconds(1));
  });
}

std::string refuse_unknown_proxy(const std::string& url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string::npos) return refuse_control_characters(url);  // host:port, as curl has it
  const std::string_view scheme = std::string_view(url).substr(0, scheme_end);
  constexpr std::array<std::string_view, 4> known = {"http", "https", "socks5", "socks5h"};
  if (std::ranges::find(known, scheme) == known.end()) return "give an http, https, socks5 or socks5h URL";
  return refuse_control_characters(url);
}

}  // namespace

void add_fetch_options(CLI::App& app, crawler::Config& config) {
  add_quantity(app, "--timeout", read_positive_duration, config.timeout,
               "for one URL with its DNS, connect and redirects (30s); 500ms, 30, 2m")
      ->option_text("T");
  add_quantity(app, "--connect-timeout", read_positive_duration, config.connect_timeout,
               "for a connection, and before it for the look-up of a name (10s)")
      ->option_text("T");
  app.add_option("--retries", config.retries, "tries after the first, where another may help (2)")
      ->check(CLI::Range(0, 1000))
      ->option_text("N");
  add_quantity(app, "--max-body", read_positive_size, config.max_body, "of a page, after decompression (16M)")
      ->option_text("SIZE");
  app.add_option("--max-redirects", config.max_redirects, "hops that are followed (10)")
      ->check(CLI::Range(0, 1000))
      ->option_text("N");
  const std::map<std::string, crawler::PrivateNetwork> private_names = {
      {"allow", crawler::PrivateNetwork::allow},
      {"seeds", crawler::PrivateNetwork::seeds},
      {"deny", crawler::PrivateNetwork::deny}};
  app.add_option("--private-network", config.private_network,
                 "who may lead to private addresses: allow, seeds or deny (seeds: what was listed)")
      ->transform(CLI::CheckedTransformer(private_names))
      ->option_text("WHO");
  app.add_option("--dns-servers", config.dns_servers, "in place of the system's: 192.0.2.53,[2001:db8::1]:53")
      ->check(&refuse_unknown_servers)
      ->option_text("LIST");
  app.add_option("--user-agent", config.user_agent,
                 "(crawl/" CRAWL_VERSION "); tell whom to ask: 'a-bot/1.0 (+https://a.org/bot)'")
      ->check(&refuse_control_characters)
      ->option_text("TEXT");
  app.add_option("-H,--header", config.headers,
                 "'Name: value' to send along, passwords only to what was listed; may be repeated")
      ->allow_extra_args(false)
      ->check(&crawler::http::refuse_bad_header)
      ->option_text("LINE");
  app.add_option("--cookies", config.cookies,
                 "keep cookies, and begin with these; a file as curl -b reads it")
      ->check(&refuse_what_has_no_cookies)
      ->option_text("FILE");
  CLI::Option* cacert =
      app.add_option("--cacert", config.cacert, "trust these authorities, not the system's; a PEM file")
          ->check(&refuse_what_is_no_authority)
          ->option_text("FILE");
  app.add_flag("--insecure", config.is_insecure, "take any certificate; whoever is in between can read along")
      ->excludes(cacert)
      ->option_text(" ");
  app.add_option("--proxy", config.proxy, "http, https, socks5 or socks5h; '' for none (http_proxy, …)")
      ->check(&refuse_unknown_proxy)
      ->option_text("URL");
  app.add_flag("--http1", config.is_http1_only, "never HTTP/2");
}

}  // namespace cmd
