// How the program's allocator deals with memory that is free.
//
//   return_memory_soon();   // first thing in main()
//
// Contract: for the whole process. Does nothing where mimalloc is not linked, as under a sanitizer.
// Source: mimalloc's options, https://microsoft.github.io/mimalloc/environment.html
#pragma once

namespace cmd {

/// A page's body, text and links are large, each of another size, and gone within milliseconds. Kept for
/// mimalloc's own 25 ms, they make a fifth more of resident memory; returned at once, a tenth more of time.
void return_memory_soon();

}  // namespace cmd
