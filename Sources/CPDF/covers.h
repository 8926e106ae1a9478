#pragma once
#include <GfxState.h>

#include <vector>

/// A rectangle along the page, in points from its top left corner.
struct Box {
  double left, top, right, bottom;
  bool holds(double x, double y) const { return x >= left && x <= right && y >= top && y <= bottom; }
};

/// The box around two boxes, and the part that two boxes share.
Box around(const Box &a, const Box &b);
Box shared(const Box &a, const Box &b);

/// The box around what the state clips to.
Box clip_box(GfxState *state);

/// The box around a picture, as far as it is not clipped.
Box picture_box(GfxState *state);

/// Calls `each` with the box of each segment of a subpath on the page, and whether it is a straight line along the page or across.
template <typename Each>
void each_segment(GfxState *state, const GfxSubpath *part, Each each) {
  double x = 0, y = 0;
  for (int j = 0; j < part->getNumPoints(); j++) {
    const double from_x = x, from_y = y;
    state->transform(part->getX(j), part->getY(j), &x, &y);
    if (j == 0) continue;
    const Box box = {x < from_x ? x : from_x, y < from_y ? y : from_y, x < from_x ? from_x : x, y < from_y ? from_y : y};
    const bool straight = !part->getCurve(j) && !part->getCurve(j - 1);
    each(box, straight && (box.right - box.left <= 0.5 || box.bottom - box.top <= 0.5));
  }
}

/// Tells whether what is drawn hides all that lies below it.
///
/// It does not where it is transparent or blended, where a mask or a clipping path of another shape than a rectangle cuts it, or where
/// one of these holds for the group that it belongs to.
class Covers {
 public:
  void clear() { *this = Covers(); }
  void save(GfxState *state);
  void restore();
  void clip(GfxState *state);
  void clip_to_letters() { now.shaped = true; }
  void soft_mask(bool is_set) { now.masked = is_set; }
  void begin_group(bool for_mask);
  void end_group();

  /// The box that a path covers when it is filled, or a picture when it is drawn. False where it hides nothing for sure.
  bool path(GfxState *state, Box &box) const;
  bool picture(GfxState *state, Box &box) const;

 private:
  /// What stays until the state is restored.
  struct Level {
    bool shaped = false;
    bool masked = false;
    /// Whether the state was transparent or blended when it was saved: a group is drawn with that.
    bool faint = false;
  };
  Level now;
  std::vector<Level> saved;
  /// Whether each open group, or one around it, is faint.
  std::vector<bool> groups;

  bool opaque(GfxState *state) const;
};
