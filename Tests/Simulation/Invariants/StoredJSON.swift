import CalloutClient

extension Datum {
  /// A document; null for what is none.
  var document: JSONValue {
    guard case .json(let bytes) = self else { return .null }
    return (try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self))) ?? .null
  }

  /// The units of a list of lines or draws, summed up.
  var units: Int64 {
    guard case .list(let items) = document else { return 0 }
    return items.reduce(0) { $0 + ($1["units"]?.whole ?? 0) }
  }
}

extension JSONValue {
  /// A whole number; nil for what is none.
  var whole: Int64? {
    switch self {
    case .integer(let number): number
    case .text(let text): Int64(text)
    default: nil
    }
  }
}
