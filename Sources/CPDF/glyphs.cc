#include "glyphs.h"

#include <GfxFont.h>
#include <GfxState.h>
#include <UTF.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace {
/// Boxes beyond this number are not kept. Text over them may count as white.
constexpr size_t most_boxes = 4096;
/// Rules beyond this number are not kept: such a page is a drawing.
constexpr size_t most_rules = 16384;
/// After so many comparisons of glyphs with what is drawn over them, no more are made.
constexpr size_t most_comparisons = 100000000;
/// The thickest rule, the shortest one, and the largest box to tick, in points.
constexpr double thickest_rule = 4, shortest_rule = 3, largest_tick_box = 12;

/// Whether a number is one that a page can hold.
bool sane(double value) { return std::isfinite(value) && std::fabs(value) < 1e6; }

/// Whether a colour is white, judged by its own numbers: to convert it by its profile would cost more than to read the page.
bool white(GfxColorSpace *space, const GfxColor *colour) {
  const int count = std::min(space->getNComps(), gfxColorMaxComps);
  const auto all = [&](auto is) { return std::all_of(colour->c, colour->c + count, [&](GfxColorComp c) { return is(colToDbl(c)); }); };
  switch (space->getMode()) {
    case csPattern:
    case csIndexed: return false;
    case csLab: return colToDbl(colour->c[0]) > 97;
    case csSeparation:
    case csDeviceN:
    case csDeviceCMYK: return all([](double c) { return c < 0.03; });
    default: return count == 4 ? all([](double c) { return c < 0.03; }) : all([](double c) { return c > 0.97; });
  }
}

bool is_pattern(GfxColorSpace *space) { return space != nullptr && space->getMode() == csPattern; }

/// Whether a box is small and about as wide as high, as one to tick or a bullet. Its edges part no words.
bool is_tick_box(const Box &box) {
  const double width = box.right - box.left, height = box.bottom - box.top;
  return std::max(width, height) <= largest_tick_box && std::min(width, height) > 0.7 * std::max(width, height);
}

/// The middle of the letters of a glyph.
void middle(const cpdf_glyph &glyph, double *x, double *y) {
  const double up = glyph.flags & CPDF_VERTICAL ? 0 : glyph.size * 0.3;
  *x = glyph.x + glyph.dx / 2 + glyph.direction_y * up;
  *y = glyph.y + glyph.dy / 2 - glyph.direction_x * up;
}
}  // namespace

void GlyphDevice::clear() {
  glyphs.clear();
  text.clear();
  rules.clear();
  dark.clear();
  pictures.clear();
  cover.clear();
  replacement.clear();
  width = height = 0;
  images = comparisons = 0;
  covers = true;
  is_counted = false;
  muted = colour_known = replaces = replacement_drawn = false;
  type3_scale = 1;
  current = nullptr;
}

void GlyphDevice::startPage(int, GfxState *state, XRef *) {
  width = state->getPageWidth();
  height = state->getPageHeight();
  enter(state);
}

void GlyphDevice::endPage() {
  current = nullptr;
  // OCR may draw its text before the image.
  for (cpdf_glyph &glyph : glyphs) {
    if (!(glyph.flags & CPDF_UNPAINTED)) continue;
    double x, y;
    middle(glyph, &x, &y);
    if (std::any_of(pictures.begin(), pictures.end(), [&](const Box &box) { return box.holds(x, y); })) glyph.flags |= CPDF_OVER_IMAGE;
  }
}

void GlyphDevice::updateFont(GfxState *state) {
  type3_scale = 1;
  const auto &font = state->getFont();
  if (!font || font->getType() != fontType3) return;
  // A Type 3 font may use any unit. The width of the letter m, or else of another one, tells the size of the letters.
  const auto *type3 = static_cast<const Gfx8BitFont *>(font.get());
  int m = -1, letter = -1, any = -1;
  for (int code = 0; code < 256; code++) {
    const char *name = type3->getCharName(code);
    if (name == nullptr || !(type3->getWidth(static_cast<unsigned char>(code)) > 0)) continue;
    const bool single = name[0] != 0 && name[1] == 0;
    if (single && name[0] == 'm') m = code;
    if (letter < 0 && single && std::isalpha(static_cast<unsigned char>(name[0]))) letter = code;
    if (any < 0) any = code;
  }
  const int code = m >= 0 ? m : letter >= 0 ? letter : any;
  if (code >= 0) type3_scale = type3->getWidth(static_cast<unsigned char>(code)) / (code == m ? 0.6 : 0.5);
  const double *matrix = type3->getFontMatrix();
  if (matrix[0] != 0) type3_scale *= std::fabs(matrix[3] / matrix[0]);
}

bool GlyphDevice::white(GfxState *state) {
  if (colour_known) return is_white;
  colour_known = true;
  is_white = ::white(state->getFillColorSpace(), state->getFillColor());
  return is_white;
}

void GlyphDevice::stroke(GfxState *state) {
  // A thick line can be a bar below letters.
  const double width = state->getTransformedLineWidth();
  if (width <= thickest_rule) add_rules(state, false);
  if (width < 3 || state->getStrokeOpacity() < 0.1) return;
  if (::white(state->getStrokeColorSpace(), state->getStrokeColor())) return;
  painted(state, width / 2);
}

void GlyphDevice::painted(GfxState *state, double margin) {
  if (dark.size() >= most_boxes) return;
  const GfxPath *path = state->getPath();
  Box box = {1e9, 1e9, -1e9, -1e9};
  for (int i = 0; i < path->getNumSubpaths(); i++)
    each_segment(state, path->getSubpath(i), [&](const Box &segment, bool) { box = around(box, segment); });
  box = {box.left - margin, box.top - margin, box.right + margin, box.bottom + margin};
  box = shared(box, clip_box(state));
  // Thin rules do not lie below letters.
  if (box.right - box.left > 2 && box.bottom - box.top > 2) dark.push_back(box);
}

void GlyphDevice::rule(const Box &box, const Box &clip, bool is_edge, bool is_alone) {
  if (rules.size() >= most_rules) return;
  // A rule at the edge of the clipping path is drawn.
  const double left = std::max(box.left, clip.left - 1), right = std::min(box.right, clip.right + 1);
  const double top = std::max(box.top, clip.top - 1), bottom = std::min(box.bottom, clip.bottom + 1);
  if (!sane(left) || !sane(right) || !sane(top) || !sane(bottom) || right < left || bottom < top) return;
  if (std::max(right - left, bottom - top) < shortest_rule) return;
  rules.push_back({static_cast<float>(left), static_cast<float>(top), static_cast<float>(right), static_cast<float>(bottom), is_edge, is_alone});
}

void GlyphDevice::add_rules(GfxState *state, bool filled) {
  if (muted || (filled ? state->getFillOpacity() : state->getStrokeOpacity()) == 0) return;
  const GfxPath *path = state->getPath();
  const Box clip = clip_box(state);
  for (int i = 0; i < path->getNumSubpaths() && rules.size() < most_rules; i++) {
    const GfxSubpath *part = path->getSubpath(i);
    const int count = part->getNumPoints();
    if (count > 64 || (filled && (count < 4 || count > 6))) continue;
    Box box = {1e9, 1e9, -1e9, -1e9};
    bool all_straight = true;
    each_segment(state, part, [&](const Box &segment, bool straight) {
      box = around(box, segment);
      all_straight = all_straight && straight;
    });
    if (is_tick_box(box)) continue;
    if (filled) {
      add_filled(state, box, all_straight, clip);
    } else {
      each_segment(state, part, [&](const Box &segment, bool straight) {
        if (straight) rule(segment, clip, false, count == 2);
      });
    }
  }
}

void GlyphDevice::add_filled(GfxState *state, const Box &box, bool all_straight, const Box &clip) {
  if (std::min(box.right - box.left, box.bottom - box.top) <= thickest_rule) {
    rule(box, clip, false, true);
  } else if (all_straight && !white(state)) {
    rule({box.left, box.top, box.right, box.top}, clip, true, false);
    rule({box.left, box.bottom, box.right, box.bottom}, clip, true, false);
    rule({box.left, box.top, box.left, box.bottom}, clip, true, false);
    rule({box.right, box.top, box.right, box.bottom}, clip, true, false);
  }
}

bool GlyphDevice::shaded(GfxState *state) {
  if (dark.size() < most_boxes) dark.push_back(clip_box(state));
  return true;
}

bool GlyphDevice::tilingPatternFill(GfxState *state, Gfx *, Catalog *, GfxTilingPattern *, const double *, int, int, int, int, double, double) {
  return shaded(state);
}

void GlyphDevice::image(GfxState *state) {
  images++;
  if (pictures.size() >= most_boxes) return;
  pictures.push_back(picture_box(state));
}

double GlyphDevice::picture_share() const {
  constexpr int steps = 40;
  int taken = 0;
  for (int i = 0; i < steps * steps; i++) {
    const double x = (i % steps + 0.5) / steps * width, y = (i / steps + 0.5) / steps * height;
    taken += std::any_of(pictures.begin(), pictures.end(), [&](const Box &box) { return box.holds(x, y); });
  }
  return taken / static_cast<double>(steps * steps);
}

void GlyphDevice::hide(const Box &box, int flag) {
  if (comparisons > most_comparisons || box.right - box.left < 2 || box.bottom - box.top < 2) return;
  comparisons += glyphs.size();
  for (cpdf_glyph &glyph : glyphs) {
    const bool is_space = glyph.length == 1 && text[glyph.text] == ' ';
    if (is_space || glyph.flags & (CPDF_UNPAINTED | CPDF_COVERED)) continue;
    double x, y;
    middle(glyph, &x, &y);
    if (box.holds(x, y)) glyph.flags |= CPDF_COVERED | flag;
  }
}

/// Poppler asks this before it reads an image, and before it fills a path with a pattern. No image is read: to know its place is enough.
/// Where letters lie below an image, poppler reads what the file says of it, to tell whether it covers them.
bool GlyphDevice::needNonText() {
  if (current == nullptr) return false;
  if (!is_saved && current->isPath()) {
    shaded(current);
    return false;
  }
  image(current);
  // Whether there is a path is not known in a saved state: a pattern may fill one, and all else is an image.
  if (is_saved && (is_pattern(current->getFillColorSpace()) || is_pattern(current->getStrokeColorSpace()))) {
    shaded(current);
    return false;
  }
  if (!covers || pictures.size() >= most_boxes || comparisons > most_comparisons) return false;
  comparisons += glyphs.size();
  const Box &box = pictures.back();
  is_counted = std::any_of(glyphs.begin(), glyphs.end(), [&](const cpdf_glyph &glyph) {
    double x, y;
    middle(glyph, &x, &y);
    return !(glyph.flags & (CPDF_UNPAINTED | CPDF_COVERED)) && box.holds(x, y);
  });
  return is_counted;
}

void GlyphDevice::append(cpdf_glyph glyph, const uint32_t *letters, size_t count) {
  if (glyphs.size() >= longest) return;
  glyph.text = static_cast<uint32_t>(text.size());
  glyph.length = static_cast<uint16_t>(std::min<size_t>(count, UINT16_MAX));
  text.insert(text.end(), letters, letters + glyph.length);
  glyphs.push_back(glyph);
}

void GlyphDevice::drawChar(GfxState *state, double x, double y, double dx, double dy, double, double, CharCode code, int, const Unicode *letters,
                           int count) {
  if (state->getRender() & 4) cover.clip_to_letters();
  if (muted) return;
  const auto &font = state->getFont();
  if (!font) return;
  const bool vertical = font->getWMode() == 1;
  // The advance of the glyph alone, without the space that the page adds.
  double space = state->getCharSpace() + (code == 0x20 ? state->getWordSpace() : 0);
  double sx, sy;
  if (vertical) {
    state->textTransformDelta(0, space, &sx, &sy);
  } else {
    state->textTransformDelta(space * state->getHorizScaling(), 0, &sx, &sy);
  }
  double px, py, ax, ay;
  state->transform(x, y, &px, &py);
  state->transformDelta(dx - sx, dy - sy, &ax, &ay);
  double m11, m12, m21, m22;
  state->getFontTransMat(&m11, &m12, &m21, &m22);
  double size = state->getTransformedFontSize();
  double ux = vertical ? -m21 : m11, uy = vertical ? -m22 : m12;
  if (font->getType() == fontType3) size *= type3_scale;
  const double length = std::hypot(ux, uy);
  if (!sane(px) || !sane(py) || !sane(ax) || !sane(ay) || !sane(size) || !(length > 0) || !std::isfinite(length)) return;
  cpdf_glyph glyph = {};
  glyph.x = static_cast<float>(px);
  glyph.y = static_cast<float>(py);
  glyph.dx = static_cast<float>(ax);
  glyph.dy = static_cast<float>(ay);
  glyph.direction_x = static_cast<float>(ux / length);
  glyph.direction_y = static_cast<float>(uy / length);
  glyph.size = static_cast<float>(std::fabs(size));
  const double ascent = font->getAscent(), descent = font->getDescent();
  glyph.ascent = static_cast<float>(ascent > 0.4 && ascent < 1.05 ? ascent : 0.9);
  glyph.descent = static_cast<float>(descent < 0 && descent > -0.4 ? descent : -0.25);
  if (px + std::max(ax, 0.0) < 0 || px + std::min(ax, 0.0) > width || py + std::max(ay, 0.0) < 0 || py + std::min(ay, 0.0) > height)
    glyph.flags |= CPDF_OUTSIDE;
  if (vertical) glyph.flags |= CPDF_VERTICAL;
  if ((state->getRender() & 3) == 3 || (state->getFillOpacity() == 0 && (state->getRender() & 3) == 0)) glyph.flags |= CPDF_UNPAINTED;
  if (!(glyph.flags & CPDF_UNPAINTED) && (state->getRender() & 3) == 0 && white(state)) {
    // The middle of the glyph tells what lies below it.
    double x_inside, y_inside;
    middle(glyph, &x_inside, &y_inside);
    const auto below = [&](const Box &box) { return box.holds(x_inside, y_inside); };
    if (std::none_of(dark.begin(), dark.end(), below) && std::none_of(pictures.begin(), pictures.end(), below)) glyph.flags |= CPDF_WHITE;
  }
  if (replaces) {
    if (!replacement_drawn) {
      replaced = glyph;
      replacement_drawn = true;
    } else {
      replaced.dx = static_cast<float>(px + ax - replaced.x);
      replaced.dy = static_cast<float>(py + ay - replaced.y);
    }
    return;
  }
  std::vector<uint32_t> kept;
  for (int i = 0; i < count; i++)
    if (letters[i] != 0 && letters[i] < 0x110000 && (letters[i] & 0xFFFFF800) != 0xD800) kept.push_back(letters[i]);
  if (kept.empty()) glyph.flags |= CPDF_LETTERLESS;
  append(glyph, kept.data(), kept.size());
}

void GlyphDevice::beginActualText(GfxState *, const GooString *letters) {
  Unicode *decoded = nullptr;
  const int count = TextStringToUCS4(letters->toStr(), &decoded);
  replacement.assign(decoded, decoded + std::max(count, 0));
  gfree(decoded);
  replaces = true;
  replacement_drawn = false;
}

void GlyphDevice::endActualText(GfxState *) {
  if (!replaces) return;
  replaces = false;
  if (!replacement_drawn) return;
  // Text of several words stands for glyphs that may lie on several lines. Its letters share the place of the glyphs.
  replacement.erase(
      std::remove_if(replacement.begin(), replacement.end(), [](uint32_t c) { return c == 0 || c >= 0x110000 || (c & 0xFFFFF800) == 0xD800; }),
      replacement.end());
  append(replaced, replacement.data(), replacement.size());
}
