/// Connected pieces of ink (8-neighbours), by runs and union-find (Rosenfeld and Pfaltz 1966).
struct Components {
  struct Piece {
    var box: PixelBox
    var area: Int
  }
  private(set) var pieces: [Piece] = []

  init(of mask: [UInt8], width: Int, height: Int) {
    var parents: [Int32] = []
    var found: [Piece] = []
    var above: [(range: Range<Int>, label: Int32)] = []
    func root(_ label: Int32) -> Int32 {
      var label = label
      while parents[Int(label)] != label {
        parents[Int(label)] = parents[Int(parents[Int(label)])]
        label = parents[Int(label)]
      }
      return label
    }
    mask.withUnsafeBufferPointer { mask in
      for y in 0..<height {
        var current: [(range: Range<Int>, label: Int32)] = []
        var next = 0
        var x = 0
        while x < width {
          guard mask[y * width + x] == 1 else {
            x = mask.firstInked(from: y * width + x + 1, to: (y + 1) * width) - y * width
            continue
          }
          let start = x
          while x < width, mask[y * width + x] == 1 { x += 1 }
          let box = PixelBox(left: start, top: y, right: x, bottom: y + 1)
          var label: Int32 = -1
          while next < above.count, above[next].range.upperBound < start { next += 1 }
          var i = next
          while i < above.count, above[i].range.lowerBound <= x {
            let other = root(above[i].label)
            if label < 0 {
              label = other
            } else if other != label {
              let (kept, lost) = (min(label, other), max(label, other))
              parents[Int(lost)] = kept
              found[Int(kept)].box = found[Int(kept)].box.union(found[Int(lost)].box)
              found[Int(kept)].area += found[Int(lost)].area
              label = kept
            }
            i += 1
          }
          if label < 0 {
            label = Int32(parents.count)
            parents.append(label)
            found.append(Piece(box: box, area: x - start))
          } else {
            found[Int(label)].box = found[Int(label)].box.union(box)
            found[Int(label)].area += x - start
          }
          current.append((start..<x, label))
        }
        above = current
      }
    }
    pieces = found.indices.filter { parents[$0] == Int32($0) }.map { found[$0] }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The first place that is not 0, or the end; paper is passed over eight pixels at a time.
  func firstInked(from start: Int, to end: Int) -> Int {
    var place = start
    let raw = UnsafeRawBufferPointer(self)
    while place &+ 8 <= end, raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) == 0 {
      place &+= 8
    }
    while place < end, self[place] == 0 { place &+= 1 }
    return place
  }
}
