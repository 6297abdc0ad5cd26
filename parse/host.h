// The host of an http or https URL: a domain, an IPv4 or an IPv6 address.
//
//   std::string href = "http://";
//   append_host("B%C3%BCcher.example", href);  // true; href is "http://xn--bcher-kva.example"
//   append_host("0x7f.1", href);               // "…127.0.0.1"
//   append_host("a b", href);                  // false
//
// Contract: total, thread-safe, linear; what is appended is plain ASCII. After false `out` holds the old
// content and some rest. A name that is not ASCII may have 1,024 bytes once percent-decoded, which is more
// than any name of DNS needs: normalising and Punycode take the square of the length.
//
// Source: https://url.spec.whatwg.org/#host-parsing; IDNA is UTS 46, non-transitional, by ICU.
#pragma once

#include <string>
#include <string_view>

namespace parse {

[[nodiscard]] bool append_host(std::string_view host, std::string& out);

}  // namespace parse
