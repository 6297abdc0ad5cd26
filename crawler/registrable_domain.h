// What somebody registered of a host's name: example.co.uk of www.example.co.uk.
//
//   const RegistrableDomains domains;
//   domains.of("www.example.co.uk");   // "example.co.uk"
//   domains.of("a.github.io");         // "a.github.io": the private part of the list counts
//   domains.of("localhost");           // "": nothing is registrable of this, of "co.uk" and of an address
//
// Contract: takes a host as parse::Url serialises it (lower case, Punycode); a dot at its end is passed over.
// What it returns is a part of what it was given. A name that the list does not know has a suffix of one
// label. Linear; the constructor throws std::runtime_error where libpsl was built without a list. The list is
// that of the libpsl in use: no file is read.
//
// Source: https://publicsuffix.org/list/
#pragma once

#include <libpsl.h>
#include <string_view>

namespace crawler {

class RegistrableDomains {
 public:
  RegistrableDomains();
  std::string_view of(std::string_view host) const;

 private:
  const psl_ctx_t* list_;  // a constant of the library's
};

}  // namespace crawler
