#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// An open PDF file.
typedef struct cpdf_document cpdf_document;

/// What is special about a glyph.
enum cpdf_glyph_flags {
  /// The glyph belongs to vertical writing: its advance goes down the page.
  CPDF_VERTICAL = 1,
  /// The glyph is not painted (render modes 3 and 7). Text that OCR laid over an image is drawn like that.
  CPDF_UNPAINTED = 2,
  /// The glyph is white, and nothing dark is painted below it.
  CPDF_WHITE = 4,
  /// The glyph stands outside the page.
  CPDF_OUTSIDE = 8,
  /// The glyph has no letters: its font does not say which it shows. Its text is empty.
  CPDF_LETTERLESS = 16,
  /// An image is painted below the glyph.
  CPDF_OVER_IMAGE = 32,
  /// The glyph is painted, and later something opaque over it: an image where `CPDF_OVER_IMAGE` is set too, else a filled rectangle.
  CPDF_COVERED = 64,
};

/// A glyph of a page. Places are in points from the top left corner of the page as it is shown.
typedef struct {
  /// The origin on the baseline, and the way to the origin of the next glyph, without extra spacing.
  float x, y, dx, dy;
  /// The direction of the baseline, of length 1.
  float direction_x, direction_y;
  /// The size of the font, and its ascent and descent as shares of the size. The descent is negative.
  float size, ascent, descent;
  /// The letters in UTF-32: `length` scalars from `text` on.
  uint32_t text;
  uint16_t length;
  uint16_t flags;
} cpdf_glyph;

enum cpdf_mark_kind {
  /// A sticky note or the comment on a mark.
  CPDF_NOTE,
  /// A text box.
  CPDF_TEXT_BOX,
  /// A form field with a value.
  CPDF_FIELD,
  /// A check box or radio button that is on; one that is off.
  CPDF_ON,
  CPDF_OFF,
  /// An attached file; the text is its name.
  CPDF_ATTACHMENT,
  /// The place of words that a comment strikes out. It has no text.
  CPDF_STRIKE,
};

/// An annotation or form field of a page.
typedef struct {
  enum cpdf_mark_kind kind;
  float left, top, right, bottom;
  uint32_t text;
  uint32_t length;
} cpdf_mark;

/// A line that is drawn along the page or across it: a thin rectangle. The edges of filled rectangles are such lines too.
typedef struct {
  float left, top, right, bottom;
  /// Whether the line is the edge of a filled rectangle.
  uint8_t is_edge;
  /// Whether the line is drawn by itself, and not as a part of a box or another shape.
  uint8_t is_alone;
} cpdf_rule;

/// All that stands on a page. The arrays belong to the document, until its next page is read.
typedef struct {
  const cpdf_glyph *glyphs;
  size_t glyph_count;
  const cpdf_mark *marks;
  size_t mark_count;
  const cpdf_rule *rules;
  size_t rule_count;
  /// The letters of glyphs and marks.
  const uint32_t *text;
  size_t text_count;
  /// The size of the page.
  float width, height;
  /// The number of images, and the share of the page that they take.
  size_t image_count;
  double image_share;
} cpdf_page;

enum cpdf_status { CPDF_OK, CPDF_ENCRYPTED, CPDF_DAMAGED };

/// Opens a file. Null, with a status and poppler's error code, when that fails. The bytes must outlive the document.
cpdf_document *cpdf_open(const uint8_t *bytes, size_t count, enum cpdf_status *status, int *code);
void cpdf_close(cpdf_document *document);
/// The number of pages that the file claims to have.
int cpdf_page_count(cpdf_document *document);
/// The title in the metadata as UTF-32; its length is the result. The letters belong to the document until the next call.
size_t cpdf_title(cpdf_document *document, const uint32_t **text);
/// The names of the files that are attached to the document as a whole, like `cpdf_title`; one line each.
size_t cpdf_attachments(cpdf_document *document, const uint32_t **text);
/// The XML of a form that the pages do not show, because only programs of Adobe draw it (XFA). Its length is the result, 0 where there is
/// none; `is_dynamic` says whether there is such a form. The bytes belong to the document until it is closed.
size_t cpdf_form(cpdf_document *document, const uint8_t **bytes, int *is_dynamic);
/// Reads a page, counted from 1. Returns 0, or -1 for a damaged page.
int cpdf_read_page(cpdf_document *document, int number, size_t longest, cpdf_page *page);
/// Draws a page, counted from 1, in shades of grey. Returns the pixels per inch, or -1 for a damaged page. The pixels, a byte each, belong
/// to the document until the next call.
int cpdf_draw_page(cpdf_document *document, int number, const uint8_t **pixels, int *width, int *height, int *bytes_per_row);
/// The character collection whose language pack poppler missed since the last `cpdf_open`, or null.
const char *cpdf_missing_pack(void);

/// Normalises text in UTF-32 to NFKC. Returns the new length; the result is freed with `cpdf_free`.
size_t cpdf_normalise(const uint32_t *text, size_t count, uint32_t **result);
void cpdf_free(uint32_t *text);

#ifdef __cplusplus
}
#endif
