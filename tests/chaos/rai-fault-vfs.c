/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded into a shop or a server by LD_PRELOAD: SQLite's file system, with the disk errors that the
 * fault runner asks for. The file named by RAI_FAULT_FILE is shared with the runner: four 32-bit
 * numbers, all zero at rest.
 *
 *   kinds   which errors may come, bits as in `Kind`
 *   share   of the calls that fail, in thousandths
 *   seed    of the dice
 *   struck  how many calls have failed, counted here */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef enum {
  FULL = 1 << 0,  /* a write finds no space */
  TORN = 1 << 1,  /* a write stops half way */
  SYNC = 1 << 2,  /* what was written is not safe */
  READ = 1 << 3,  /* a read fails */
  OPEN = 1 << 4,  /* a file cannot be opened */
  SHORT = 1 << 5, /* a file cannot be cut, or grown for shared memory */
} Kind;

typedef struct {
  uint32_t kinds, share, seed, struck;
} Orders;

typedef struct {
  sqlite3_file base;
  sqlite3_file *real; /* lies behind this struct */
} File;

static sqlite3_vfs fault_vfs;
static sqlite3_vfs *real_vfs;
static Orders *orders;
static uint32_t calls;

static uint32_t
mix (uint32_t x) {
  x = (x ^ x >> 16) * 0x7feb352dU;
  x = (x ^ x >> 15) * 0x846ca68bU;
  return x ^ x >> 16;
}

static bool
strikes (Kind kind) {
  if (!(__atomic_load_n (&orders->kinds, __ATOMIC_RELAXED) & kind))
    return false;
  uint32_t call = __atomic_add_fetch (&calls, 1, __ATOMIC_RELAXED);
  if (mix (orders->seed ^ mix (call)) % 1000 >= orders->share)
    return false;
  __atomic_add_fetch (&orders->struck, 1, __ATOMIC_RELAXED);
  return true;
}

static sqlite3_file *
real_of (sqlite3_file *file) {
  return ((File *) file)->real;
}

/* ---- The calls that fail ---- */

static int
fault_read (sqlite3_file *file, void *data, int size, sqlite3_int64 offset) {
  if (strikes (READ))
    return SQLITE_IOERR_READ;
  return real_of (file)->pMethods->xRead (real_of (file), data, size, offset);
}

static int
fault_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset) {
  if (strikes (FULL))
    return SQLITE_FULL;
  if (strikes (TORN)) {
    real_of (file)->pMethods->xWrite (real_of (file), data, size / 2, offset);
    return SQLITE_IOERR_WRITE;
  }
  return real_of (file)->pMethods->xWrite (real_of (file), data, size, offset);
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size) {
  if (strikes (SHORT))
    return SQLITE_IOERR_TRUNCATE;
  return real_of (file)->pMethods->xTruncate (real_of (file), size);
}

static int
fault_sync (sqlite3_file *file, int flags) {
  if (strikes (SYNC))
    return SQLITE_IOERR_FSYNC;
  return real_of (file)->pMethods->xSync (real_of (file), flags);
}

static int
fault_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
  if (extend && strikes (SHORT))
    return SQLITE_IOERR_SHMSIZE;
  return real_of (file)->pMethods->xShmMap (real_of (file), page, size, extend, memory);
}

/* ---- The calls that pass ---- */

static int
fault_close (sqlite3_file *file) {
  return real_of (file)->pMethods->xClose (real_of (file));
}

static int
fault_file_size (sqlite3_file *file, sqlite3_int64 *size) {
  return real_of (file)->pMethods->xFileSize (real_of (file), size);
}

static int
fault_lock (sqlite3_file *file, int level) {
  return real_of (file)->pMethods->xLock (real_of (file), level);
}

static int
fault_unlock (sqlite3_file *file, int level) {
  return real_of (file)->pMethods->xUnlock (real_of (file), level);
}

static int
fault_check_reserved_lock (sqlite3_file *file, int *held) {
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), held);
}

static int
fault_file_control (sqlite3_file *file, int operation, void *data) {
  return real_of (file)->pMethods->xFileControl (real_of (file), operation, data);
}

static int
fault_sector_size (sqlite3_file *file) {
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
fault_device_characteristics (sqlite3_file *file) {
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
fault_shm_lock (sqlite3_file *file, int offset, int n, int flags) {
  return real_of (file)->pMethods->xShmLock (real_of (file), offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *file) {
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
fault_shm_unmap (sqlite3_file *file, int delete) {
  return real_of (file)->pMethods->xShmUnmap (real_of (file), delete);
}

static int
fault_fetch (sqlite3_file *file, sqlite3_int64 offset, int size, void **memory) {
  return real_of (file)->pMethods->xFetch (real_of (file), offset, size, memory);
}

static int
fault_unfetch (sqlite3_file *file, sqlite3_int64 offset, void *memory) {
  return real_of (file)->pMethods->xUnfetch (real_of (file), offset, memory);
}

static const sqlite3_io_methods methods = {
  .iVersion = 3,
  .xClose = fault_close,
  .xRead = fault_read,
  .xWrite = fault_write,
  .xTruncate = fault_truncate,
  .xSync = fault_sync,
  .xFileSize = fault_file_size,
  .xLock = fault_lock,
  .xUnlock = fault_unlock,
  .xCheckReservedLock = fault_check_reserved_lock,
  .xFileControl = fault_file_control,
  .xSectorSize = fault_sector_size,
  .xDeviceCharacteristics = fault_device_characteristics,
  .xShmMap = fault_shm_map,
  .xShmLock = fault_shm_lock,
  .xShmBarrier = fault_shm_barrier,
  .xShmUnmap = fault_shm_unmap,
  .xFetch = fault_fetch,
  .xUnfetch = fault_unfetch,
};

static int
fault_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags) {
  File *file = (File *) base;
  file->base.pMethods = NULL;
  file->real = (sqlite3_file *) (file + 1);
  if (strikes (OPEN))
    return SQLITE_CANTOPEN;

  int code = real_vfs->xOpen (real_vfs, name, file->real, flags, out_flags);
  if (file->real->pMethods)
    file->base.pMethods = &methods;

  return code;
}

static bool
map_orders (const char *path) {
  int fd = open (path, O_RDWR | O_CLOEXEC);
  if (fd < 0)
    return false;
  void *memory = mmap (NULL, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close (fd);
  orders = memory == MAP_FAILED ? NULL : memory;
  return orders != NULL;
}

__attribute__ ((constructor)) static void
install (void) {
  const char *path = getenv ("RAI_FAULT_FILE");
  if (path == NULL || !map_orders (path) || sqlite3_initialize () != SQLITE_OK)
    return;
  real_vfs = sqlite3_vfs_find (NULL);
  fault_vfs = *real_vfs;
  fault_vfs.zName = "fault";
  fault_vfs.szOsFile = (int) sizeof (File) + real_vfs->szOsFile;
  fault_vfs.xOpen = fault_open;
  sqlite3_vfs_register (&fault_vfs, 1);
}
