#include <Annot.h>
#include <Catalog.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <FileSpec.h>
#include <Form.h>
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Page.h>
#include <SplashOutputDev.h>
#include <Stream.h>
#include <UTF.h>
#include <UnicodeTypeTable.h>

#include <splash/SplashBitmap.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cpdf.h"
#include "glyphs.h"

namespace {
/// The name of the last character collection that poppler has no map for, on this thread: poppler's call tells no document.
thread_local std::string missing_pack;

/// Takes the name of a collection out of poppler's words.
void note_error(ErrorCategory, Goffset, const char *message) {
  for (const char *words : {"Missing language pack for '", "Unknown character collection '", " CMap file for '"}) {
    const char *start = std::strstr(message, words);
    if (start == nullptr) continue;
    start += std::strlen(words);
    const char *end = std::strchr(start, '\'');
    missing_pack = end == nullptr ? std::string(start) : std::string(start, end);
  }
}

void append_text(const std::string &bytes, std::vector<uint32_t> &text) {
  Unicode *letters = nullptr;
  const int count = TextStringToUCS4(bytes, &letters);
  text.insert(text.end(), letters, letters + std::max(count, 0));
  gfree(letters);
}
}  // namespace

struct cpdf_document {
  std::unique_ptr<PDFDoc> file;
  std::unique_ptr<GlyphDevice> device;
  std::unique_ptr<SplashOutputDev> painter;
  std::vector<cpdf_mark> marks;
  std::vector<uint32_t> text;
  std::vector<uint8_t> form;

  /// Adds a mark at a rectangle in the page's own coordinates. A mark without text may be one that is ticked or not.
  void mark(cpdf_mark_kind kind, const PDFRectangle &box, const std::vector<uint32_t> &letters, Page *page, size_t longest);
  void mark(cpdf_mark_kind kind, const PDFRectangle &box, const std::string &bytes, Page *page, size_t longest) {
    std::vector<uint32_t> letters;
    append_text(bytes, letters);
    mark(kind, box, letters, page, longest);
  }
  void strikes(AnnotTextMarkup *annotation, Page *page, size_t longest);
  void annotations(Page *page, size_t longest);
  void fields(Page *page, size_t longest);
};

void cpdf_document::mark(cpdf_mark_kind kind, const PDFRectangle &box, const std::vector<uint32_t> &letters, Page *, size_t longest) {
  if (marks.size() >= longest || device->text.size() >= longest) return;
  double x1, y1, x2, y2;
  // The device still has the transformation of the page.
  const double *m = device->getDefCTM();
  x1 = m[0] * box.x1 + m[2] * box.y1 + m[4], y1 = m[1] * box.x1 + m[3] * box.y1 + m[5];
  x2 = m[0] * box.x2 + m[2] * box.y2 + m[4], y2 = m[1] * box.x2 + m[3] * box.y2 + m[5];
  cpdf_mark mark = {};
  mark.kind = kind;
  mark.left = static_cast<float>(std::min(x1, x2));
  mark.right = static_cast<float>(std::max(x1, x2));
  mark.top = static_cast<float>(std::min(y1, y2));
  mark.bottom = static_cast<float>(std::max(y1, y2));
  mark.text = static_cast<uint32_t>(device->text.size());
  device->text.insert(device->text.end(), letters.begin(), letters.end());
  mark.length = static_cast<uint32_t>(device->text.size() - mark.text);
  if (mark.length > 0 || kind == CPDF_ON || kind == CPDF_OFF || kind == CPDF_STRIKE) marks.push_back(mark);
}

/// An entry of a form field, which its parents may hold.
static Object inherited(const Object &field, const char *key) {
  Object entry = field.dictLookup(key);
  Object parent = field.dictLookup("Parent");
  for (int depth = 0; depth < 8 && entry.isNull() && parent.isDict(); depth++) {
    entry = parent.dictLookup(key);
    parent = parent.dictLookup("Parent");
  }
  return entry;
}

/// Whether an annotation is read as a mark. Its appearance is left out then.
static bool is_read(Annot *annotation) {
  switch (annotation->getType()) {
    case Annot::typeFreeText: return annotation->getContents() != nullptr && annotation->getContents()->getLength() > 0;
    case Annot::typePopup: return true;
    case Annot::typeWidget: {
      // Push buttons and signatures keep their appearance. The other fields are read by their values.
      const Object type = inherited(annotation->getAnnotObj(), "FT");
      const Object entry = inherited(annotation->getAnnotObj(), "Ff");
      const int flags = entry.isInt() ? entry.getInt() : 0;
      constexpr int push_button = 1 << 16, combo = 1 << 17;
      if (type.isName("Btn")) return !(flags & push_button);
      if (!type.isName("Ch")) return type.isName("Tx");
      // A list without choices keeps what is drawn.
      const Object choices = inherited(annotation->getAnnotObj(), "Opt");
      return (flags & combo) || (choices.isArray() && choices.arrayGetLength() > 0);
    }
    default: return false;
  }
}

/// Called before an annotation is drawn.
static bool draws(Annot *annotation, void *data) {
  auto *document = static_cast<cpdf_document *>(data);
  document->device->muted = is_read(annotation);
  document->device->covers = false;
  return true;
}

void cpdf_document::strikes(AnnotTextMarkup *annotation, Page *page, size_t longest) {
  AnnotQuadrilaterals *quads = annotation->getQuadrilaterals();
  for (int i = 0; quads != nullptr && i < quads->getQuadrilateralsLength(); i++) {
    const double x[] = {quads->getX1(i), quads->getX2(i), quads->getX3(i), quads->getX4(i)};
    const double y[] = {quads->getY1(i), quads->getY2(i), quads->getY3(i), quads->getY4(i)};
    const PDFRectangle box(*std::min_element(x, x + 4), *std::min_element(y, y + 4), *std::max_element(x, x + 4), *std::max_element(y, y + 4));
    mark(CPDF_STRIKE, box, std::string(), page, longest);
  }
}

void cpdf_document::annotations(Page *page, size_t longest) {
  Annots *all = page->getAnnots();
  if (all == nullptr) return;
  for (Annot *annotation : all->getAnnots()) {
    const GooString *contents = annotation->getContents();
    const std::string text = contents == nullptr ? std::string() : contents->toStr();
    if (annotation->getFlags() & Annot::flagHidden) continue;
    switch (annotation->getType()) {
      case Annot::typeFreeText: mark(CPDF_TEXT_BOX, annotation->getRect(), text, page, longest); break;
      case Annot::typeFileAttachment: {
        const FileSpec file(static_cast<AnnotFileAttachment *>(annotation)->getFile());
        const GooString *name = file.isOk() ? file.getFileName() : nullptr;
        mark(CPDF_ATTACHMENT, annotation->getRect(), name == nullptr ? std::string("?") : name->toStr(), page, longest);
        mark(CPDF_NOTE, annotation->getRect(), text, page, longest);
        break;
      }
      case Annot::typeStrikeOut:
        strikes(static_cast<AnnotTextMarkup *>(annotation), page, longest);
        mark(CPDF_NOTE, annotation->getRect(), text, page, longest);
        break;
      case Annot::typeText:
      case Annot::typeLine:
      case Annot::typeSquare:
      case Annot::typeCircle:
      case Annot::typePolygon:
      case Annot::typePolyLine:
      case Annot::typeHighlight:
      case Annot::typeUnderline:
      case Annot::typeSquiggly:
      case Annot::typeStamp:
      case Annot::typeCaret:
      case Annot::typeInk: mark(CPDF_NOTE, annotation->getRect(), text, page, longest); break;
      default: break;
    }
  }
}

void cpdf_document::fields(Page *page, size_t longest) {
  const std::unique_ptr<FormPageWidgets> widgets = page->getFormWidgets();
  if (!widgets) return;
  for (int i = 0; i < widgets->getNumWidgets(); i++) {
    FormWidget *widget = widgets->getWidget(i);
    AnnotWidget *place = widget->getWidgetAnnotation();
    if (place == nullptr || place->getFlags() & Annot::flagHidden) continue;
    const PDFRectangle &box = place->getRect();
    switch (widget->getType()) {
      case formText: {
        const GooString *value = static_cast<FormWidgetText *>(widget)->getContent();
        if (value != nullptr) mark(CPDF_FIELD, box, value->toStr(), page, longest);
        break;
      }
      case formChoice: {
        auto *choice = static_cast<FormWidgetChoice *>(widget);
        const GooString *edited = choice->getEditChoice();
        // A list shows what can be chosen, a menu what is chosen.
        const bool is_list = !choice->isCombo();
        std::vector<uint32_t> shown;
        for (int j = 0; j < choice->getNumChoices() && j < 10000; j++) {
          const bool is_chosen = choice->isSelected(j);
          if (choice->getChoice(j) == nullptr || !(is_chosen || is_list)) continue;
          if (!shown.empty()) shown.push_back('\n');
          if (is_chosen && is_list) shown.insert(shown.end(), {'[', 'x', ']', ' '});
          append_text(choice->getChoice(j)->toStr(), shown);
        }
        if (shown.empty() && edited != nullptr) append_text(edited->toStr(), shown);
        mark(CPDF_FIELD, box, shown, page, longest);
        break;
      }
      case formButton: {
        auto *button = static_cast<FormWidgetButton *>(widget);
        if (button->getButtonType() != formButtonPush) mark(button->getState() ? CPDF_ON : CPDF_OFF, box, "", page, longest);
        break;
      }
      default: break;
    }
  }
}

cpdf_document *cpdf_open(const uint8_t *bytes, size_t count, enum cpdf_status *status, int *code) {
  static std::once_flag started;
  std::call_once(started, [] {
    globalParams = std::make_unique<GlobalParams>();
    setErrorCallback(note_error);
  });
  missing_pack.clear();
  auto document = std::make_unique<cpdf_document>();
  auto *stream = new MemStream(const_cast<char *>(reinterpret_cast<const char *>(bytes)), 0, static_cast<Goffset>(count), Object(objNull));
  document->file = std::make_unique<PDFDoc>(stream);
  *code = document->file->isOk() ? 0 : document->file->getErrorCode();
  *status = *code == 0 ? CPDF_OK : *code == errEncrypted ? CPDF_ENCRYPTED : CPDF_DAMAGED;
  if (!document->file->isOk()) {
    if (*status == CPDF_OK) *status = CPDF_DAMAGED;
    return nullptr;
  }
  return document.release();
}

void cpdf_close(cpdf_document *document) { delete document; }

int cpdf_page_count(cpdf_document *document) { return document->file->getNumPages(); }

size_t cpdf_title(cpdf_document *document, const uint32_t **text) {
  document->text.clear();
  const std::unique_ptr<GooString> title = document->file->getDocInfoTitle();
  if (title) append_text(title->toStr(), document->text);
  *text = document->text.data();
  return document->text.size();
}

size_t cpdf_attachments(cpdf_document *document, const uint32_t **text) {
  document->text.clear();
  Catalog *catalog = document->file->getCatalog();
  const int count = std::min(catalog->numEmbeddedFiles(), 1000);
  for (int i = 0; i < count; i++) {
    const std::unique_ptr<FileSpec> file = catalog->embeddedFile(i);
    if (i > 0) document->text.push_back('\n');
    const GooString *name = file && file->isOk() ? file->getFileName() : nullptr;
    append_text(name == nullptr ? std::string("?") : name->toStr(), document->text);
  }
  *text = document->text.data();
  return document->text.size();
}

/// Appends the bytes of a stream, up to a limit.
static void append_stream(const Object &object, std::vector<uint8_t> &bytes) {
  constexpr size_t longest_form = 32 << 20;
  Stream *stream = object.getStream();
  stream->reset();
  for (int c = stream->getChar(); c != EOF && bytes.size() < longest_form; c = stream->getChar()) bytes.push_back(static_cast<uint8_t>(c));
  stream->close();
}

size_t cpdf_form(cpdf_document *document, const uint8_t **bytes, int *is_dynamic) {
  document->form.clear();
  const Object *fields = document->file->getCatalog()->getAcroForm();
  const Object catalog = document->file->getXRef()->getCatalog();
  *is_dynamic = 0;
  if (!fields->isDict() || !catalog.isDict()) return 0;
  const Object form = fields->dictLookup("XFA"), needs_rendering = catalog.dictLookup("NeedsRendering"), drawn = fields->dictLookup("Fields");
  if (!form.isStream() && !form.isArray()) return 0;
  // Where the fields are on the pages, too, the pages show the form.
  if (!(needs_rendering.isBool() && needs_rendering.getBool()) && drawn.isArray() && drawn.arrayGetLength() > 0) return 0;
  *is_dynamic = 1;
  if (form.isStream()) {
    append_stream(form, document->form);
  } else {
    const auto append = [&](const std::string &text) { document->form.insert(document->form.end(), text.begin(), text.end()); };
    append("<xdp>");
    for (int i = 0; i + 1 < form.arrayGetLength() && i < 64; i += 2) {
      const Object name = form.arrayGet(i), part = form.arrayGet(i + 1);
      if (!name.isString() || !part.isStream()) continue;
      const std::string &kind = name.getString()->toStr();
      if (kind == "template" || kind == "datasets") append_stream(part, document->form);
    }
    append("</xdp>");
  }
  *bytes = document->form.data();
  return document->form.size();
}

int cpdf_read_page(cpdf_document *document, int number, size_t longest, cpdf_page *out) {
  std::memset(out, 0, sizeof *out);
  Page *page = document->file->getPage(number);
  if (page == nullptr || !page->isOk()) return -1;
  document->marks.clear();
  // One device for all pages: poppler keeps the colour profiles that it has read with the device.
  if (!document->device) document->device = std::make_unique<GlyphDevice>();
  GlyphDevice &device = *document->device;
  device.clear();
  device.longest = longest;
  // The page is what its CropBox shows, where that is a part of it.
  const bool all = !(page->getCropWidth() > 1 && page->getCropHeight() > 1);
  document->file->displayPage(&device, number, 72, 72, 0, all, false, false, nullptr, nullptr, draws, document);
  document->fields(page, longest);
  document->annotations(page, longest);
  out->glyphs = device.glyphs.data();
  out->glyph_count = device.glyphs.size();
  out->marks = document->marks.data();
  out->mark_count = document->marks.size();
  out->rules = device.rules.data();
  out->rule_count = device.rules.size();
  out->text = device.text.data();
  out->text_count = device.text.size();
  out->width = static_cast<float>(device.width);
  out->height = static_cast<float>(device.height);
  out->image_count = device.images;
  out->image_share = device.picture_share();
  return 0;
}

int cpdf_draw_page(cpdf_document *document, int number, const uint8_t **pixels, int *width, int *height, int *bytes_per_row) {
  Page *page = document->file->getPage(number);
  if (page == nullptr || !page->isOk()) return -1;
  // Recognition needs 300 dots per inch. Large pages get fewer, so that a page takes at most 36 MB.
  const double area = page->getCropWidth() / 72 * (page->getCropHeight() / 72);
  if (!(area > 0.01 && area < 1e8)) return -1;
  const int resolution = static_cast<int>(std::min(300.0, std::floor(std::sqrt(36e6 / area))));
  if (resolution < 20) return -1;
  if (!document->painter) {
    SplashColor paper = {0xff};
    document->painter = std::make_unique<SplashOutputDev>(splashModeMono8, 4, false, paper);
    document->painter->startDoc(document->file.get());
  }
  document->file->displayPage(document->painter.get(), number, resolution, resolution, 0, false, true, false);
  SplashBitmap *bitmap = document->painter->getBitmap();
  if (bitmap == nullptr || bitmap->getDataPtr() == nullptr) return -1;
  *pixels = bitmap->getDataPtr();
  *width = bitmap->getWidth();
  *height = bitmap->getHeight();
  *bytes_per_row = bitmap->getRowSize();
  return resolution;
}

const char *cpdf_missing_pack(void) { return missing_pack.empty() ? nullptr : missing_pack.c_str(); }

size_t cpdf_normalise(const uint32_t *text, size_t count, uint32_t **result) {
  int length = 0;
  *result = unicodeNormalizeNFKC(text, static_cast<int>(count), &length, nullptr);
  return static_cast<size_t>(std::max(length, 0));
}

void cpdf_free(uint32_t *text) { gfree(text); }
