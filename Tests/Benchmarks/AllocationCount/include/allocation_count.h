// Counts what a process allocates, when it is loaded before the C library (LD_PRELOAD).
#include <stdint.h>

/// What has been counted since the process began. It lies at the beginning of the file that ALLOCATION_COUNT_FILE names, so
/// that another process can read it at any time.
struct allocation_count {
  /// Blocks that were asked for, those moved by realloc included.
  uint64_t blocks;
  /// Their bytes.
  uint64_t bytes;
};
