#include "tests/support/certificate.h"

#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace test_support {
namespace {

void check(bool is_good, const char* what) {
  if (!is_good) throw std::runtime_error(what);
}

struct FreeExtension {
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};

}  // namespace

Certificate::Certificate(const std::string& ip, std::chrono::seconds not_before,
                         std::chrono::seconds not_after)
    : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
  check(key_ && certificate_, "a new certificate");
  X509* certificate = certificate_.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), not_before.count());
  X509_gmtime_adj(X509_getm_notAfter(certificate), not_after.count());
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("a test"), -1,
                             -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_set_pubkey(certificate, key_.get());
  const std::unique_ptr<X509_EXTENSION, FreeExtension> names(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("IP:" + ip).c_str()));
  check(names && X509_add_ext(certificate, names.get(), -1) == 1, "the certificate's name");
  check(X509_sign(certificate, key_.get(), EVP_sha256()) > 0, "X509_sign");
}

std::string Certificate::pem() const {
  const std::unique_ptr<BIO, FreeBio> memory(BIO_new(BIO_s_mem()));
  check(memory && PEM_write_bio_X509(memory.get(), certificate_.get()) == 1, "PEM_write_bio_X509");
  const char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

SslContext Certificate::server_context() const {
  SslContext context(SSL_CTX_new(TLS_server_method()));
  check(context && SSL_CTX_use_certificate(context.get(), certificate_.get()) == 1 &&
            SSL_CTX_use_PrivateKey(context.get(), key_.get()) == 1,
        "SSL_CTX");
  return context;
}

}  // namespace test_support
