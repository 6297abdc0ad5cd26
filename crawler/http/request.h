// One request: what is asked for, where its name leads, and where it may not lead.
//
//   Request request("http://example.com/");
//   request.addresses = known_addresses;
//   request.may_reach_private = false;
//   co_await client.get(std::move(request));
//
// Contract: a value. What it points to outlives its transfer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "crawler/async/clock.h"
#include "crawler/http/addresses.h"
#include "crawler/http/media_types.h"

namespace crawler::http {

/// Told when a request's connection stands (its TLS too) and before the request is sent. Called from within
/// libcurl: it may make tasks ready, and no more.
class ConnectWatcher {
 public:
  virtual void note_connected() noexcept = 0;

 protected:
  ~ConnectWatcher() = default;
};

struct Request {
  explicit Request(std::string address) : url(std::move(address)) {}

  std::string url;  // absolute http or https, plain ASCII, without a fragment
  /// What the host's name stands for. Null: it is an address, the proxy will know, or libcurl is to look it
  /// up, on a thread of its own.
  std::shared_ptr<const Addresses> addresses;
  /// Whether it may lead to what is not globally reachable: loopback, private and link-local addresses.
  bool may_reach_private = true;
  /// Whether it goes to an origin that the user named: only those are sent the user's credentials.
  bool is_to_listed_origin = true;
  /// How long the transfer may take from its start to its last byte; no such limit if absent.
  std::optional<async::Duration> timeout;
  ConnectWatcher* connect_watcher = nullptr;
  /// Which types an answer of success may have: one of another ends after its headers. Null: all.
  std::shared_ptr<const MediaTypes> accept;
};

}  // namespace crawler::http
