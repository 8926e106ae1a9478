#pragma once
#include <gmime/gmime.h>

// The casts and type checks of GMime are macros: Swift does not see them.
static inline gboolean cgmime_is_multipart(GMimeObject *object) { return GMIME_IS_MULTIPART(object); }
static inline gboolean cgmime_is_encrypted(GMimeObject *object) { return GMIME_IS_MULTIPART_ENCRYPTED(object); }
static inline gboolean cgmime_is_message(GMimeObject *object) { return GMIME_IS_MESSAGE_PART(object); }
static inline gboolean cgmime_is_part(GMimeObject *object) { return GMIME_IS_PART(object); }

static inline int cgmime_count(GMimeObject *multipart) { return g_mime_multipart_get_count(GMIME_MULTIPART(multipart)); }
static inline GMimeObject *cgmime_child(GMimeObject *multipart, int index) { return g_mime_multipart_get_part(GMIME_MULTIPART(multipart), index); }
static inline const char *cgmime_prologue(GMimeObject *multipart) { return g_mime_multipart_get_prologue(GMIME_MULTIPART(multipart)); }
static inline GMimeMessage *cgmime_message(GMimeObject *part) { return g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)); }
static inline GMimeHeaderList *cgmime_headers(GMimeMessage *message) { return g_mime_object_get_header_list(GMIME_OBJECT(message)); }

/// The content of a part without its transfer encoding. The caller must free it; NULL when the part has none.
static inline GByteArray *cgmime_content(GMimeObject *part) {
  GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
  if (content == NULL) return NULL;
  GByteArray *bytes = g_byte_array_new();
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  g_mime_data_wrapper_write_to_stream(content, stream);
  g_object_unref(stream);
  return bytes;
}

static inline int cgmime_is_base64(GMimeObject *part) {
  GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
  return content != NULL && g_mime_data_wrapper_get_encoding(content) == GMIME_CONTENT_ENCODING_BASE64;
}

/* The content as it is encoded. */
static inline GByteArray *cgmime_encoded_content(GMimeObject *part) {
  GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
  GMimeStream *source = content == NULL ? NULL : g_mime_data_wrapper_get_stream(content);
  if (source == NULL) return NULL;
  GByteArray *bytes = g_byte_array_new();
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  g_mime_stream_reset(source);
  g_mime_stream_write_to_stream(source, stream);
  g_object_unref(stream);
  return bytes;
}
