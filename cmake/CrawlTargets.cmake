# What every target of the project is built with.
add_library(crawl_options INTERFACE)
target_include_directories(crawl_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(crawl_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Woverloaded-virtual)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Wrong about std::string (gcc bug 105329), and about std::expected where sanitizers add code.
  target_compile_options(crawl_options INTERFACE -Wno-restrict)
  if(CRAWL_SANITIZE)
    target_compile_options(crawl_options INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
if(CRAWL_WERROR)
  target_compile_options(crawl_options INTERFACE -Werror)
endif()
if(CRAWL_SANITIZE)
  target_compile_options(crawl_options INTERFACE -fsanitize=${CRAWL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(crawl_options INTERFACE -fsanitize=${CRAWL_SANITIZE})
endif()

# crawl_library(NAME SOURCES … LINKS …): one folder's code.
function(crawl_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE crawl_options)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# crawl_test(NAME SOURCES … LINKS … [TIMEOUT seconds]): the tests of one folder, each case a test of ctest's.
function(crawl_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINKS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} crawl_options GTest::gmock_main)
  # What is tested is optimised; of a test itself the compiler makes enough at a quarter less of the time.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  string(REPLACE "_tests" "" folder ${name})
  gtest_discover_tests(${name} PROPERTIES LABELS ${folder} TIMEOUT ${ARG_TIMEOUT} DISCOVERY_TIMEOUT 60)
endfunction()
