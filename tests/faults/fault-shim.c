/* SPDX-License-Identifier: GPL-3.0-or-later */

/* To be loaded before the C library (LD_PRELOAD): faults of the system that a test cannot bring
 * about otherwise.
 *
 *   HOTPIX_FAULT_READ=FILE     reading that file fails with EIO from its middle on
 *   HOTPIX_FAULT_KILL=FILE     reading that file kills the program at its middle, which happens once: only
 *   HOTPIX_FAULT_ONCE=MARKER   while there is this file, which is removed then
 *   HOTPIX_FAULT_THREADS=N     no more than N threads can be started
 */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef size_t (*Fread) (void *data, size_t size, size_t n, FILE *stream);
typedef int (*PthreadCreate) (pthread_t *thread, const pthread_attr_t *attributes,
                              void *(*run) (void *), void *data);

size_t fread (void *data, size_t size, size_t n, FILE *stream);
size_t __fread_chk (void *data, size_t room, size_t size, size_t n, FILE *stream);
int pthread_create (pthread_t *thread, const pthread_attr_t *attributes, void *(*run) (void *),
                    void *data);

/* The middle of the stream's file, if the variable names it, or -1. */
static off_t
find_middle (const char *variable, FILE *stream)
{
  const char *path = getenv (variable);
  struct stat named, open;

  if (path == NULL || stat (path, &named) != 0 || fstat (fileno (stream), &open) != 0
      || named.st_ino != open.st_ino || named.st_dev != open.st_dev)
    return -1;
  return open.st_size / 2;
}

static void
kill_once (void)
{
  const char *marker = getenv ("HOTPIX_FAULT_ONCE");

  if (marker != NULL && unlink (marker) == 0)
    raise (SIGKILL);
}

size_t
fread (void *data, size_t size, size_t n, FILE *stream)
{
  Fread next = (Fread) dlsym (RTLD_NEXT, "fread");
  off_t readable = find_middle ("HOTPIX_FAULT_READ", stream), at = ftello (stream);
  off_t deadly = find_middle ("HOTPIX_FAULT_KILL", stream), end = at + (off_t) (size * n);

  if (deadly >= 0 && end > deadly)
    kill_once ();
  if (readable < 0 || at < 0 || end <= readable)
    return next (data, size, n, stream);
  n = at >= readable ? 0 : next (data, size, (size_t) (readable - at) / size, stream);
  stream->_flags |= _IO_ERR_SEEN; /* as glibc keeps it, for ferror() */
  errno = EIO;
  return n;
}

/* What fread() is where a compiler knows how much room there is. */
size_t
__fread_chk (void *data, size_t room, size_t size, size_t n, FILE *stream)
{
  return fread (data, size, n, stream);
}

int
pthread_create (pthread_t *thread, const pthread_attr_t *attributes, void *(*run) (void *),
                void *data)
{
  static atomic_int n_started;
  PthreadCreate next = (PthreadCreate) dlsym (RTLD_NEXT, "pthread_create");
  const char *most = getenv ("HOTPIX_FAULT_THREADS");

  if (most != NULL && atomic_fetch_add (&n_started, 1) >= atoi (most))
    return EAGAIN;
  return next (thread, attributes, run, data);
}
