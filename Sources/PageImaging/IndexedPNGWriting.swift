import CPNG

extension IndexedPageImage {
  /// The PNG with the data at zlib's highest level, which libpng's simplified API does not offer: a
  /// page of text takes an eighth fewer bytes, and a dataset is stored in every clone.
  func highlyCompressedPNG() throws(PNGError) -> [UInt8] {
    let depth = [1, 2, 4].first { palette.count <= 1 << $0 } ?? 8
    var header: [UInt8] = []
    header.append(bigEndian: UInt32(width))
    header.append(bigEndian: UInt32(height))
    // Bit depth; colour type 3, palette; deflate; no filters but each row's own; not interlaced.
    header += [UInt8(depth), 3, 0, 0, 0]
    var bytes = PNGChunks.signature
    bytes.append(PNGChunks.ihdr, data: header)
    if let dpi { bytes += PhysicalDensity.chunk(dpi: dpi) }
    bytes.append(PNGChunks.plte, data: palette.flatMap { [$0.red, $0.green, $0.blue] })
    bytes.append(PNGChunks.idat, data: try deflated(rows(depth)))
    bytes.append(PNGChunks.iend, data: [])
    return bytes
  }

  /// Rows from the top, each its filter (none) and its pixels packed from the high bits.
  private func rows(_ depth: Int) -> [UInt8] {
    let stride = 1 + (width * depth + 7) / 8
    let perByte = 8 / depth
    return [UInt8](unsafeUninitializedCapacity: stride * height) { rows, count in
      rows.initialize(repeating: 0)
      indices.withUnsafeBufferPointer { pixels in
        for y in 0..<height {
          let row = y * stride + 1
          for x in 0..<width {
            let shift = 8 - depth * (x % perByte + 1)
            rows[row + x / perByte] |= pixels[y * width + x] << UInt8(shift)
          }
        }
      }
      count = stride * height
    }
  }

  private func deflated(_ raw: [UInt8]) throws(PNGError) -> [UInt8] {
    let capacity = Int(compressBound(uLong(raw.count)))
    var status = Z_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      var size = uLongf(capacity)
      status = compress2(buffer.baseAddress, &size, raw, uLong(raw.count), Z_BEST_COMPRESSION)
      count = status == Z_OK ? Int(size) : 0
    }
    guard status == Z_OK else {
      throw PNGError(
        name: "\(width)x\(height) page", reason: .unwritable("zlib error \(status)"))
    }
    return bytes
  }
}

extension [UInt8] {
  /// Length, type, data and CRC.
  fileprivate mutating func append(_ type: UInt32, data: [UInt8]) {
    append(bigEndian: UInt32(data.count))
    let start = count
    append(bigEndian: type)
    self += data
    append(bigEndian: PNGChecksum.crc32(self[start...]))
  }
}
