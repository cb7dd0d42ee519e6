/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "catalogue/network-files-private.h"

#ifdef __linux__
#  include <sys/vfs.h>
#endif

/* As statfs(2) and the kernel's magic.h have them. */
static const struct
{
  guint32 type;
  const gchar *name;
} kinds[] = {
  { 0x00006969, "NFS" },           { 0x0000517b, "SMB" },   { 0xff534d42, "CIFS" },
  { 0xfe534d42, "SMB2" },          { 0x0000564c, "NCP" },   { 0x5346414f, "AFS" },
  { 0x6b414653, "kAFS" },          { 0x73757245, "Coda" },  { 0x00c36400, "Ceph" },
  { 0x0bd00bd0, "Lustre" },        { 0x47504653, "GPFS" },  { 0x19830326, "BeeGFS" },
  { 0x01161970, "GFS2" },          { 0x7461636f, "OCFS2" }, { 0x20030528, "OrangeFS" },
  { 0xaad7aaea, "PanFS" },         { 0x01021997, "9P" },    { 0x786f4256, "VirtualBox folder" },
  { 0xbacbacbc, "VMware folder" },
};

const gchar *
hotpix_network_files_name (guint32 type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].type == type)
      return kinds[i].name;
  return NULL;
}

/* 0 where the system does not tell. */
static guint32
get_type (const gchar *path)
{
#ifdef __linux__
  g_autofree gchar *folder = g_path_get_dirname (path);
  struct statfs status;

  if (statfs (path, &status) == 0 || statfs (folder, &status) == 0)
    return (guint32) status.f_type;
#endif
  return 0;
}

gboolean
hotpix_network_files_check (const gchar *path, GError **error)
{
  const gchar *name = hotpix_network_files_name (get_type (path));

  if (name == NULL)
    return TRUE;
  g_set_error (
      error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
      _ ("%s is on a network file system (%s), where several computers could break it: "
         "keep it on a local disk"),
      path, name);
  return FALSE;
}
