/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/text.h"
#include "state/state-lock-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".lock"

/* How often the lock is tried while another run has it. */
#define WAIT_MICROSECONDS 50000

struct HotpixStateLock
{
  gchar *path;
  gint file;
};

/* Whether the path still names the file: the run that had it locked has removed it otherwise. */
static gboolean
is_there (const gchar *path, gint file)
{
  struct stat named, opened;

  return stat (path, &named) == 0 && fstat (file, &opened) == 0 && named.st_ino == opened.st_ino
         && named.st_dev == opened.st_dev;
}

/* Returns 0 once the lock is this run's, EWOULDBLOCK while it is another's, or an errno. */
static gint
try_lock (HotpixStateLock *lock)
{
  gint code = 0;

  lock->file = open (lock->path, O_CREAT | O_RDWR | O_CLOEXEC, 0666);
  if (lock->file < 0)
    return errno;
  if (flock (lock->file, LOCK_EX | LOCK_NB) != 0)
    code = errno;
  else if (!is_there (lock->path, lock->file))
    code = EWOULDBLOCK;
  if (code == 0)
    return 0;
  close (lock->file);
  lock->file = -1;
  return code == EINTR ? EWOULDBLOCK : code;
}

HotpixStateLock *
hotpix_state_lock_new (const gchar *path, HotpixStateWait wait, gpointer user_data,
                       GError **error)
{
  HotpixStateLock *lock = g_new (HotpixStateLock, 1);
  gint code;

  *lock = (HotpixStateLock){ g_strconcat (path, SUFFIX, NULL), -1 };
  while ((code = try_lock (lock)) == EWOULDBLOCK)
    {
      if (wait != NULL && !wait (user_data))
        break;
      g_usleep (WAIT_MICROSECONDS);
    }
  if (code == 0)
    return lock;
  if (code == EWOULDBLOCK)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, _ ("cancelled"));
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE,
                 _ ("the state %s cannot be changed: %s"), path, g_strerror (code));
  g_free (lock->path);
  g_free (lock);
  return NULL;
}

void
hotpix_state_lock_free (HotpixStateLock *lock)
{
  if (lock == NULL)
    return;
  (void) g_unlink (lock->path);
  close (lock->file);
  g_free (lock->path);
  g_free (lock);
}
