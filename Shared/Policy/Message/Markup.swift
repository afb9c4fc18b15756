/// Text in HTML and XML.
public enum Markup {
  /// A text as it stands between tags and in a quoted attribute: what has a meaning there is written as a reference,
  /// and what no document may hold is left out.
  public static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var out = ""
    out.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: if isAllowed(scalar) { out.unicodeScalars.append(scalar) }
      }
    }
    return out
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
    case 0x20..<0x7f, 0x0a: true
    default: false
    }
  }

  /// A character that an XML document can hold (XML 1.0, section 2.2), less the control characters other than tab and
  /// newline, and less what turns the direction of the text around it.
  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0a: true
    case 0...0x1f, 0x7f...0x9f, 0xfffe, 0xffff: false
    case 0x202a...0x202e, 0x2066...0x2069: false
    default: true
    }
  }
}
