#pragma once
#include <stdint.h>

// How often the calling thread has asked for memory so far: malloc, calloc, realloc and the aligned kinds.
//
// The functions here stand before the C library's in a program that links this target, and pass everything on to it. So
// only tests may link it.
uint64_t callout_allocations_of_thread(void);
