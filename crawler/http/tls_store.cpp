#include "crawler/http/tls_store.h"

#include <new>
#include <stdexcept>

#include <openssl/err.h>

namespace crawler::http {

TlsStore::TlsStore(const std::string& cacert) {
  if (cacert.empty()) return;
  store_ = make_empty();
  if (X509_STORE_load_file(store_.get(), cacert.c_str()) == 1) return;
  ERR_clear_error();
  throw std::runtime_error("cannot read certificates from " + cacert);
}

X509_STORE* TlsStore::get() {
  if (!store_) {
    store_ = make_empty();
    // A system without certificates trusts nobody: each https URL then fails for itself.
    if (X509_STORE_set_default_paths(store_.get()) != 1) ERR_clear_error();
  }
  return store_.get();
}

TlsStore::Store TlsStore::make_empty() {
  Store store(X509_STORE_new());
  if (!store) throw std::bad_alloc();
  // As libcurl sets them on a store of its own: an intermediate certificate in the file is trusted too.
  X509_STORE_set_flags(store.get(), X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
  return store;
}

}  // namespace crawler::http
