// The certificate authorities that all TLS connections of a client share.
//
//   TlsStore store(options.cacert);             // "": the system's
//   SSL_CTX_set1_cert_store(ctx, store.get());
//
// Contract: loop thread only; outlives the connections. One store for all, because libcurl reads the system's
// anew for each connection: 35 ms and 1 MB. The system's is read at the first get(); a file that is given is
// read by the constructor, which throws std::runtime_error if it cannot be. Source:
// X509_STORE_set_default_paths(3ssl)
#pragma once

#include <memory>
#include <string>

#include <openssl/x509_vfy.h>

namespace crawler::http {

class TlsStore {
 public:
  explicit TlsStore(const std::string& cacert);

  /// Throws std::bad_alloc.
  X509_STORE* get();

 private:
  struct Free {
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
  };
  using Store = std::unique_ptr<X509_STORE, Free>;
  static Store make_empty();

  Store store_;
};

}  // namespace crawler::http
