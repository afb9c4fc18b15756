/// A header's fields, in their order.
public struct HeaderFields: Hashable, Sendable {
  /// One field.
  public struct Field: Hashable, Sendable {
    /// In small letters.
    public let name: String
    /// Unfolded, without blanks at the ends; encoded words stand as they are.
    public let value: String
  }

  /// The fields, from the top.
  public let fields: [Field]

  /// The value of the first field of a name in small letters; nil: there is none.
  public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The values of all fields of a name in small letters.
  public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// Reads the header at the beginning of a range.
  ///
  /// - Returns: the header, and where the body starts. A line that can be no field ends the header, as if an empty line
  ///   stood before it.
  static func read(_ bytes: [UInt8], _ range: Range<Int>) throws(MailError) -> (HeaderFields, body: Int) {
    var fields: [Field] = []
    var open: (name: String, value: [UInt8])?
    func close() {
      if let field = open { fields.append(Field(name: field.name, value: Charset.guess(field.value).trimmed)) }
      open = nil
    }
    var body = range.lowerBound
    for line in Lines(bytes, range) {
      guard line.next - range.lowerBound <= MailLimits.headerByteCountMax else { throw .headerTooLarge }
      body = line.next
      if line.isEmpty { break }
      if Byte.isBlank(bytes[line.start]) {
        // A continuation; before the first field it is nothing.
        open?.value += bytes[line.start..<line.end]
        continue
      }
      // A mailbox's own first line, as some deliver it.
      if fields.isEmpty, open == nil, bytes[line.start..<line.end].starts(with: "From ".utf8) { continue }
      guard let colon = colon(bytes, line) else {
        body = line.start
        break
      }
      close()
      guard fields.count < MailLimits.fieldCountMax else { throw .tooManyFields }
      let name = String(decoding: bytes[line.start..<colon.end], as: UTF8.self).asciiLowercased
      open = (name, Array(bytes[(colon.place + 1)..<line.end]))
    }
    close()
    return (HeaderFields(fields: fields), body)
  }

  /// Where a field's name ends, and where its colon stands; nil: the line is no field.
  private static func colon(_ bytes: [UInt8], _ line: Lines.Line) -> (end: Int, place: Int)? {
    guard let place = bytes[line.start..<line.end].firstIndex(of: 0x3A) else { return nil }
    var end = place
    while end > line.start, Byte.isBlank(bytes[end - 1]) { end -= 1 }
    guard end > line.start, bytes[line.start..<end].allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    return (end, place)
  }
}
