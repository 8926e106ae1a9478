#pragma once
#include <OutputDev.h>

#include <vector>

#include "covers.h"
#include "cpdf.h"

/// Collects the glyphs of a page with their places, its rules, and where something dark or an image is painted below or over the glyphs.
class GlyphDevice : public OutputDev {
 public:
  std::vector<cpdf_glyph> glyphs;
  std::vector<uint32_t> text;
  std::vector<cpdf_rule> rules;
  double width = 0, height = 0;
  size_t images = 0;
  /// Glyphs that are drawn while this is set are left out: their annotation is read as a mark.
  bool muted = false;
  /// Whether what is drawn now can cover glyphs. Annotations do not: a reader moves and closes them.
  bool covers = true;
  /// The most glyphs that are kept.
  size_t longest = 0;

  /// Forgets the page before.
  void clear();
  /// The share of the page that pictures take.
  double picture_share() const;

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool useTilingPatternFill() override { return true; }
  bool needNonText() override;
  bool useShadedFills(int) override { return true; }

  void startPage(int, GfxState *state, XRef *) override;
  void endPage() override;
  void saveState(GfxState *state) override {
    enter(state);
    is_saved = true;
    cover.save(state);
  }
  void updateCTM(GfxState *state, double, double, double, double, double, double) override { enter(state); }
  void clip(GfxState *state) override {
    enter(state);
    cover.clip(state);
  }
  void eoClip(GfxState *state) override { clip(state); }
  void clipToStrokePath(GfxState *state) override {
    enter(state);
    cover.clip_to_letters();
  }
  void beginTransparencyGroup(GfxState *, const double *, GfxColorSpace *, bool, bool, bool for_mask) override { cover.begin_group(for_mask); }
  void endTransparencyGroup(GfxState *) override { cover.end_group(); }
  void setSoftMask(GfxState *, const double *, bool, Function *, GfxColor *) override { cover.soft_mask(true); }
  void clearSoftMask(GfxState *) override { cover.soft_mask(false); }
  void restoreState(GfxState *state) override {
    enter(state);
    cover.restore();
    colour_known = false;
    updateFont(state);
  }
  void updateFont(GfxState *state) override;
  void updateFillColor(GfxState *) override { colour_known = false; }
  void updateFillColorSpace(GfxState *state) override {
    enter(state);
    colour_known = false;
  }
  void updateStrokeColorSpace(GfxState *state) override { enter(state); }

  void drawChar(GfxState *state, double x, double y, double dx, double dy, double originX, double originY, CharCode code, int bytes,
                const Unicode *letters, int count) override;
  void beginActualText(GfxState *state, const GooString *letters) override;
  void endActualText(GfxState *state) override;

  void stroke(GfxState *state) override;
  void fill(GfxState *state) override {
    add_rules(state, true);
    if (!white(state) && state->getFillOpacity() > 0.1) painted(state, 0);
    Box box;
    if (covers && cover.path(state, box)) hide(box, 0);
  }
  void eoFill(GfxState *state) override { fill(state); }
  bool tilingPatternFill(GfxState *state, Gfx *, Catalog *, GfxTilingPattern *, const double *, int, int, int, int, double, double) override;
  bool functionShadedFill(GfxState *state, GfxFunctionShading *) override { return shaded(state); }
  bool axialShadedFill(GfxState *state, GfxAxialShading *, double, double) override { return shaded(state); }
  bool radialShadedFill(GfxState *state, GfxRadialShading *, double, double) override { return shaded(state); }
  bool gouraudTriangleShadedFill(GfxState *state, GfxGouraudTriangleShading *) override { return shaded(state); }
  bool patchMeshShadedFill(GfxState *state, GfxPatchMeshShading *) override { return shaded(state); }

  // Poppler draws the images that stand inside the content without asking; the base class skips their bytes.
  void drawImageMask(GfxState *state, Object *ref, Stream *stream, int w, int h, bool invert, bool interpolate, bool isInline) override {
    counted(state);
    OutputDev::drawImageMask(state, ref, stream, w, h, invert, interpolate, isInline);
  }
  void drawImage(GfxState *state, Object *ref, Stream *stream, int w, int h, GfxImageColorMap *colours, bool interpolate, const int *maskColours,
                 bool isInline) override {
    counted(state);
    Box box;
    if (covers && maskColours == nullptr && cover.picture(state, box)) hide(box, CPDF_OVER_IMAGE);
    OutputDev::drawImage(state, ref, stream, w, h, colours, interpolate, maskColours, isInline);
  }
  void drawMaskedImage(GfxState *state, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int, int, bool, bool) override {
    counted(state);
  }
  void drawSoftMaskedImage(GfxState *state, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int, int, GfxImageColorMap *,
                           bool) override {
    counted(state);
  }

 private:
  /// The state of the page now, or the one that was saved before it. Poppler frees no state without a call of `restoreState`.
  GfxState *current = nullptr;
  /// Poppler tells of a saved state, and draws with a copy of it. Until it tells of the copy, `current` is the saved state: equal but for its
  /// path, which may be freed.
  bool is_saved = false;
  bool colour_known = false;
  bool is_white = false;
  /// The factor from the size of a Type 3 font to that of its letters.
  double type3_scale = 1;
  std::vector<Box> dark;
  std::vector<Box> pictures;
  Covers cover;
  /// How often a glyph was compared with what may cover it.
  size_t comparisons = 0;
  /// Whether poppler was told to draw an image whose place is known already.
  bool is_counted = false;

  /// The text that stands for the glyphs of a marked sequence; its glyph is the one that all of them become.
  bool replaces = false;
  bool replacement_drawn = false;
  std::vector<uint32_t> replacement;
  cpdf_glyph replaced = {};

  void enter(GfxState *state) {
    current = state;
    is_saved = is_counted = false;
  }
  bool white(GfxState *state);
  /// Remembers the place of the path, wider by a margin, as dark.
  void painted(GfxState *state, double margin);
  /// Collects the rules of a path that is stroked or filled.
  void add_rules(GfxState *state, bool filled);
  /// Collects a filled box: a thin one is a rule, and the edges of a rectangle are rules.
  void add_filled(GfxState *state, const Box &box, bool all_straight, const Box &clip);
  void rule(const Box &box, const Box &clip, bool is_edge, bool is_alone);
  bool shaded(GfxState *state);
  void image(GfxState *state);
  /// Notes the place of an image that poppler draws, unless it asked before.
  void counted(GfxState *state) {
    if (!is_counted) image(state);
    is_counted = false;
  }
  /// Marks the painted glyphs below a box as covered, with a further flag.
  void hide(const Box &box, int flag);
  void append(cpdf_glyph glyph, const uint32_t *letters, size_t count);
};
