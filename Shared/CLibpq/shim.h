#include <libpq-fe.h>
#include <pthread.h>

/* The C library hides this one from Swift behind _GNU_SOURCE. It shows at most 15 bytes of a thread's name. */
int pthread_setname_np(pthread_t thread, const char *name);
