/// A part of a message, as it lies in the message's bytes.
struct MailPart {
  /// What it holds, such as `text/plain`, in small letters.
  let type: String
  /// The type's parameters.
  let parameters: [String: String]
  /// `attachment`, `inline`, or empty.
  let disposition: String
  /// The name that it is to be kept under; empty: none.
  let fileName: String
  /// How its bytes are written.
  let encoding: TransferEncoding
  /// Where its bytes lie.
  let body: Range<Int>
  /// The parts in it; nil: it is one that holds none.
  let parts: [MailPart]?

  /// Whether a reader sees it with the message's text.
  var isText: Bool { parts == nil && disposition != "attachment" && (type == "text/plain" || type == "text/html") }

  /// Reads the parts of a body.
  ///
  /// - Parameters:
  ///   - defaultType: what a part without a type holds.
  ///   - depth: the level of this part, from 1.
  ///   - count: how many parts have been read.
  static func read(
    _ bytes: [UInt8], _ header: HeaderFields, _ body: Range<Int>, defaultType: String = "text/plain", depth: Int = 1,
    _ count: inout Int
  ) throws(MailError) -> MailPart {
    guard depth <= MailLimits.depthMax else { throw .tooDeep }
    count += 1
    guard count <= MailLimits.partCountMax else { throw .tooManyParts }
    let content = header["content-type"].map(ParameterizedField.init)
    let named = content.flatMap { isType($0.value) ? $0.value : nil }
    var type = named ?? defaultType
    let disposition = header["content-disposition"].map(ParameterizedField.init)
    var parts: [MailPart]?
    if type.hasPrefix("multipart/") {
      let isDigest = type == "multipart/digest"
      let ranges = content?.parameters["boundary"].flatMap { split(bytes, body, boundary: $0) }
      if let ranges {
        var read: [MailPart] = []
        for range in ranges {
          let (header, start) = try HeaderFields.read(bytes, range)
          read.append(
            try Self.read(
              bytes, header, start..<range.upperBound, defaultType: isDigest ? "message/rfc822" : "text/plain",
              depth: depth + 1, &count))
        }
        parts = read
      } else {
        // What has no parts although it says so is shown as it is.
        type = "text/plain"
      }
    }
    let name = disposition?.parameters["filename"] ?? content?.parameters["name"] ?? ""
    return MailPart(
      type: type, parameters: content?.parameters ?? [:], disposition: disposition?.value ?? "",
      fileName: safe(name), encoding: parts == nil ? TransferEncoding(header["content-transfer-encoding"]) : .identity,
      body: body, parts: parts)
  }

  private static func isType(_ text: String) -> Bool {
    let pieces = text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    return pieces.count == 2
      && pieces.allSatisfy { !$0.isEmpty && $0.count <= 127 && $0.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
  }

  /// The last component of a name, on one line: it can name no other folder.
  private static func safe(_ name: String) -> String {
    let line = name.onOneLine
    let last = line.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    return last == "." || last == ".." ? "" : last.cut(toByteCount: MailLimits.nameByteCountMax)
  }

  /// The longest boundary that is known, in bytes; the RFC allows 70.
  private static let boundaryByteCountMax = 250

  /// Where the parts lie between lines of the boundary (RFC 2046, section 5.1.1); nil: no such line stands there. What is
  /// not closed goes to the end.
  private static func split(_ bytes: [UInt8], _ body: Range<Int>, boundary: String) -> [Range<Int>]? {
    let mark = Array("--\(boundary)".utf8)
    guard (3...boundaryByteCountMax).contains(mark.count) else { return nil }
    var ranges: [Range<Int>] = []
    var start: Int?
    var end = body.lowerBound
    for line in Lines(bytes, body) {
      let content = bytes[line.start..<line.end]
      if content.starts(with: mark) {
        let rest = content.dropFirst(mark.count)
        let isLast = rest.starts(with: "--".utf8)
        if isLast || rest.allSatisfy(Byte.isBlank) {
          if let start { ranges.append(start..<max(start, end)) }
          start = isLast ? nil : line.next
          end = line.next
          if isLast { return ranges }
          continue
        }
      }
      // The line's end belongs to the boundary that follows.
      end = line.end
    }
    if let start { ranges.append(start..<body.upperBound) }
    return ranges.isEmpty ? nil : ranges
  }

  /// The bytes that it was made of.
  func content(_ bytes: [UInt8]) -> [UInt8] { encoding.decoded(bytes[body]) }
}
