#include "crawler/registrable_domain.h"

#include <stdexcept>
#include <string>

#include "parse/ip_address.h"

namespace crawler {

RegistrableDomains::RegistrableDomains() : list_(psl_builtin()) {
  if (list_ == nullptr) throw std::runtime_error("libpsl has no list of public suffixes");
}

std::string_view RegistrableDomains::of(std::string_view host) const {
  if (host.starts_with('[') || parse::ends_in_number(host)) return "";
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string terminated(host);
  const char* domain = psl_registrable_domain(list_, terminated.c_str());
  if (domain == nullptr) return "";
  return host.substr(static_cast<std::size_t>(domain - terminated.c_str()));
}

}  // namespace crawler
