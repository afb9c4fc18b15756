import CLibpq

/// `PG_DIAG_SEVERITY_NONLOCALIZED`; the header defines the fields as characters, which Swift does not see as numbers.
let severityField = Int32(UInt8(ascii: "V"))

/// True for the severities after which the server closes the session.
func isFatal(_ severity: UnsafePointer<CChar>?) -> Bool {
  guard let severity else { return false }
  let text = String(cString: severity)
  return text == "FATAL" || text == "PANIC"
}

extension ServerError {
  /// The error that the server reported; nil for an error of libpq's own, which carries no code.
  init?(_ result: ResultHandle) {
    func field(_ letter: Unicode.Scalar) -> String? {
      PQresultErrorField(result.pointer, Int32(letter.value)).map { boundedText($0) }
    }
    guard let code = field("C") else { return nil }
    self.init(
      sqlState: SQLState(code), message: field("M") ?? "", detail: field("D"), hint: field("H"),
      constraint: field("n"), table: field("t"), column: field("c"))
  }
}

/// A C text without the line ends at its end, cut at ``PostgresLimits/errorTextBytesMaximum``.
func boundedText(_ text: UnsafePointer<CChar>?) -> String {
  guard let text else { return "" }
  var count = 0
  while count < PostgresLimits.errorTextBytesMaximum, text[count] != 0 { count += 1 }
  let bytes = UnsafeRawBufferPointer(start: text, count: count)
  let end = bytes.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: " ") }
  return String(decoding: bytes[..<(end.map { $0 + 1 } ?? 0)], as: UTF8.self)
}
