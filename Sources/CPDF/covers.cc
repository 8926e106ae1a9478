#include "covers.h"

#include <algorithm>
#include <cmath>

namespace {
bool faint(GfxState *state) { return state->getFillOpacity() < 1 || state->getBlendMode() != gfxBlendNormal; }

/// The box of a path that is one rectangle along the page. False for other paths.
bool rectangle(GfxState *state, Box &box) {
  const GfxPath *path = state->getPath();
  if (path->getNumSubpaths() != 1) return false;
  const GfxSubpath *part = path->getSubpath(0);
  if (part->getNumPoints() < 4 || part->getNumPoints() > 5) return false;
  box = {1e9, 1e9, -1e9, -1e9};
  bool is_straight = true;
  each_segment(state, part, [&](const Box &segment, bool straight) {
    box = around(box, segment);
    is_straight = is_straight && straight;
  });
  return is_straight;
}
}  // namespace

Box around(const Box &a, const Box &b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

Box shared(const Box &a, const Box &b) {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom)};
}

Box clip_box(GfxState *state) {
  Box box;
  state->getClipBBox(&box.left, &box.top, &box.right, &box.bottom);
  return box;
}

Box picture_box(GfxState *state) {
  Box box = {1e9, 1e9, -1e9, -1e9};
  for (int corner = 0; corner < 4; corner++) {
    double x, y;
    state->transform(corner & 1, corner >> 1, &x, &y);
    box = around(box, {x, y, x, y});
  }
  return shared(box, clip_box(state));
}

void Covers::save(GfxState *state) {
  saved.push_back(now);
  saved.back().faint = faint(state);
}

void Covers::restore() {
  if (saved.empty()) return;
  now = saved.back();
  saved.pop_back();
}

void Covers::clip(GfxState *state) {
  Box box;
  if (!rectangle(state, box)) now.shaped = true;
}

void Covers::begin_group(bool for_mask) {
  // Poppler saves the state and makes it opaque before it tells of the group.
  const bool is_faint = for_mask || (!saved.empty() && (saved.back().faint || saved.back().masked || saved.back().shaped));
  groups.push_back(is_faint || (!groups.empty() && groups.back()));
}

void Covers::end_group() {
  if (!groups.empty()) groups.pop_back();
}

bool Covers::opaque(GfxState *state) const { return (groups.empty() || !groups.back()) && !now.shaped && !now.masked && !faint(state); }

bool Covers::path(GfxState *state, Box &box) const {
  // An ink that prints over others hides nothing.
  if (!opaque(state) || state->getFillOverprint() || state->getFillColorSpace()->getMode() == csPattern) return false;
  if (!rectangle(state, box)) return false;
  box = shared(box, clip_box(state));
  return true;
}

bool Covers::picture(GfxState *state, Box &box) const {
  const double *m = state->getCTM();
  const double across = std::min(std::fabs(m[0]) + std::fabs(m[3]), std::fabs(m[1]) + std::fabs(m[2]));
  if (!opaque(state) || across > 0.5) return false;
  box = picture_box(state);
  return true;
}
