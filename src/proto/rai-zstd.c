/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proto/rai-zstd.h"

#include <stdbool.h>
#include <string.h>
#include <zstd.h>

#define STEP (256 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZSTD_DStream, ZSTD_freeDStream)

GBytes *
rai_zstd_compress (GBytes *bytes, int level, GError **error) {
  size_t size;
  const void *data = g_bytes_get_data (bytes, &size);
  size_t bound = ZSTD_compressBound (size);
  g_autofree char *out = g_malloc (bound);
  size_t written = ZSTD_compress (out, bound, data, size, level);

  if (ZSTD_isError (written)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "zstd: %s", ZSTD_getErrorName (written));
    return NULL;
  }

  out = g_realloc (out, MAX (written, 1));
  return g_bytes_new_take (g_steal_pointer (&out), written);
}

static void
set_invalid (GError **error, const char *what) {
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the zstd data are damaged: %s", what);
}

GBytes *
rai_zstd_decompress (GBytes *bytes, size_t maximum, GError **error) {
  g_autoptr (ZSTD_DStream) stream = ZSTD_createDStream ();
  ZSTD_inBuffer in = { 0 };
  in.src = g_bytes_get_data (bytes, &in.size);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  size_t left = 1;
  while (in.pos < in.size || left > 0) {
    size_t before = out->len, position = in.pos;
    size_t room = MIN (STEP, maximum + 1 - before);
    g_byte_array_set_size (out, (unsigned) (before + room));
    ZSTD_outBuffer block = { out->data + before, room, 0 };
    left = ZSTD_decompressStream (stream, &block, &in);
    if (ZSTD_isError (left)) {
      set_invalid (error, ZSTD_getErrorName (left));
      return NULL;
    }
    g_byte_array_set_size (out, (unsigned) (before + block.pos));
    if (out->len > maximum) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   "the zstd data are larger than %zu bytes", maximum);
      return NULL;
    }
    if (block.pos == 0 && in.pos == position && left > 0) {
      set_invalid (error, "they end too early");
      return NULL;
    }
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* ---- A GConverter, so that GConverterInputStream does the buffering. ---- */

#define RAI_TYPE_ZSTD_DECOMPRESSOR (rai_zstd_decompressor_get_type ())
G_DECLARE_FINAL_TYPE (RaiZstdDecompressor, rai_zstd_decompressor, RAI, ZSTD_DECOMPRESSOR, GObject)

struct _RaiZstdDecompressor {
  GObject parent;
  ZSTD_DStream *stream;
  bool in_frame;
};

static GConverterResult
rai_zstd_decompressor_convert (GConverter *converter, const void *inbuf, gsize inbuf_size,
                               void *outbuf, gsize outbuf_size, GConverterFlags flags,
                               gsize *bytes_read, gsize *bytes_written, GError **error) {
  RaiZstdDecompressor *self = RAI_ZSTD_DECOMPRESSOR (converter);
  ZSTD_inBuffer in = { inbuf, inbuf_size, 0 };
  ZSTD_outBuffer out = { outbuf, outbuf_size, 0 };

  bool at_end = (flags & G_CONVERTER_INPUT_AT_END) != 0;
  *bytes_read = *bytes_written = 0;
  if (inbuf_size == 0 && at_end && !self->in_frame)
    return G_CONVERTER_FINISHED;

  size_t left = ZSTD_decompressStream (self->stream, &out, &in);
  if (ZSTD_isError (left)) {
    set_invalid (error, ZSTD_getErrorName (left));
    return G_CONVERTER_ERROR;
  }

  /* Without input it only says how much a next frame's header would want. */
  if (in.pos > 0 || out.pos > 0)
    self->in_frame = left > 0;
  *bytes_read = in.pos;
  *bytes_written = out.pos;

  if (in.pos == 0 && out.pos == 0) {
    if (at_end)
      set_invalid (error, "they end too early");
    else
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "more is needed");
    return G_CONVERTER_ERROR;
  }

  return at_end && in.pos == in.size && !self->in_frame ? G_CONVERTER_FINISHED
                                                        : G_CONVERTER_CONVERTED;
}

static void
rai_zstd_decompressor_reset (GConverter *converter) {
  RaiZstdDecompressor *self = RAI_ZSTD_DECOMPRESSOR (converter);
  ZSTD_initDStream (self->stream);
  self->in_frame = false;
}

static void
rai_zstd_decompressor_converter_init (GConverterIface *iface) {
  iface->convert = rai_zstd_decompressor_convert;
  iface->reset = rai_zstd_decompressor_reset;
}

G_DEFINE_TYPE_WITH_CODE (RaiZstdDecompressor, rai_zstd_decompressor, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER,
                                                rai_zstd_decompressor_converter_init))

static void
rai_zstd_decompressor_finalize (GObject *object) {
  ZSTD_freeDStream (RAI_ZSTD_DECOMPRESSOR (object)->stream);
  G_OBJECT_CLASS (rai_zstd_decompressor_parent_class)->finalize (object);
}

static void
rai_zstd_decompressor_class_init (RaiZstdDecompressorClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_zstd_decompressor_finalize;
}

static void
rai_zstd_decompressor_init (RaiZstdDecompressor *self) {
  self->stream = ZSTD_createDStream ();
  ZSTD_initDStream (self->stream);
}

/* ---- gzip: a file may hold several members, one behind the other (RFC 1952, 2.2) ---- */

#define RAI_TYPE_GUNZIP (rai_gunzip_get_type ())
G_DECLARE_FINAL_TYPE (RaiGunzip, rai_gunzip, RAI, GUNZIP, GObject)

struct _RaiGunzip {
  GObject parent;
  GConverter *member; /* GLib's own, which ends with a member */
  bool in_member;
};

static GConverterResult
rai_gunzip_convert (GConverter *converter, const void *inbuf, gsize inbuf_size, void *outbuf,
                    gsize outbuf_size, GConverterFlags flags, gsize *bytes_read,
                    gsize *bytes_written, GError **error) {
  RaiGunzip *self = RAI_GUNZIP (converter);
  const bool at_end = (flags & G_CONVERTER_INPUT_AT_END) != 0;
  *bytes_read = *bytes_written = 0;
  if (inbuf_size == 0 && at_end && !self->in_member)
    return G_CONVERTER_FINISHED;

  self->in_member = true;
  GConverterResult result =
      g_converter_convert (self->member, inbuf, inbuf_size, outbuf, outbuf_size, flags, bytes_read,
                           bytes_written, error);
  if (result != G_CONVERTER_FINISHED)
    return result;

  g_converter_reset (self->member);
  self->in_member = false;
  return at_end && *bytes_read == inbuf_size ? G_CONVERTER_FINISHED : G_CONVERTER_CONVERTED;
}

static void
rai_gunzip_reset (GConverter *converter) {
  RaiGunzip *self = RAI_GUNZIP (converter);
  g_converter_reset (self->member);
  self->in_member = false;
}

static void
rai_gunzip_converter_init (GConverterIface *iface) {
  iface->convert = rai_gunzip_convert;
  iface->reset = rai_gunzip_reset;
}

G_DEFINE_TYPE_WITH_CODE (RaiGunzip, rai_gunzip, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, rai_gunzip_converter_init))

static void
rai_gunzip_finalize (GObject *object) {
  g_object_unref (RAI_GUNZIP (object)->member);
  G_OBJECT_CLASS (rai_gunzip_parent_class)->finalize (object);
}

static void
rai_gunzip_class_init (RaiGunzipClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_gunzip_finalize;
}

static void
rai_gunzip_init (RaiGunzip *self) {
  self->member = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
}

static GInputStream *
new_buffered (GInputStream *base, GConverter *converter) {
  g_autoptr (GInputStream) converted = g_converter_input_stream_new (base, converter);
  return g_buffered_input_stream_new_sized (converted, STEP);
}

/* Bytes of a .zst file, decompressed as they are read. Takes a reference to the stream below. */
static GInputStream *
new_unpacked (GInputStream *base) {
  g_autoptr (GConverter) converter = g_object_new (RAI_TYPE_ZSTD_DECOMPRESSOR, NULL);
  return new_buffered (base, converter);
}

GInputStream *
rai_zstd_open_any (GInputStream *base, GError **error) {
  static const unsigned char zstd_magic[] = { 0x28, 0xb5, 0x2f, 0xfd };
  static const unsigned char gzip_magic[] = { 0x1f, 0x8b };
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new_sized (base, STEP);

  GBufferedInputStream *head = G_BUFFERED_INPUT_STREAM (buffered);
  while (g_buffered_input_stream_get_available (head) < sizeof zstd_magic) {
    ssize_t got = g_buffered_input_stream_fill (head, -1, NULL, error);
    if (got < 0)
      return NULL;
    if (got == 0)
      break;
  }

  size_t available;
  const unsigned char *magic = g_buffered_input_stream_peek_buffer (head, &available);
  if (available >= sizeof zstd_magic && memcmp (magic, zstd_magic, sizeof zstd_magic) == 0)
    return new_unpacked (buffered);
  if (available >= sizeof gzip_magic && memcmp (magic, gzip_magic, sizeof gzip_magic) == 0) {
    g_autoptr (GConverter) gzip = g_object_new (RAI_TYPE_GUNZIP, NULL);
    return new_buffered (buffered, gzip);
  }

  return g_steal_pointer (&buffered);
}
