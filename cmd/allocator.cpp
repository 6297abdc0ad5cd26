#include "cmd/allocator.h"

#ifdef CRAWL_MIMALLOC
#include <mimalloc.h>
#endif

namespace cmd {

#ifdef CRAWL_MIMALLOC

void return_memory_soon() {
#if MI_MALLOC_VERSION >= 210
  constexpr mi_option_t kDelay = mi_option_purge_delay;
#else
  constexpr mi_option_t kDelay = mi_option_decommit_delay;
#endif
  mi_option_set(kDelay, 1);  // ms
}

#else

void return_memory_soon() {}

#endif

}  // namespace cmd
