/// Where a webhook goes: `https://host[:port][/path][?query]`, at most 254 bytes of visible ASCII.
public struct WebAddress: Sendable, Hashable {
  /// The longest address in bytes, as everywhere here.
  public static let byteCountMax = 254

  /// A name, or an address without brackets.
  public let host: String
  /// 1 to 65,535.
  public let port: Int
  /// Path and query as the request names them; begins with `/`.
  public let target: String

  /// Reads an address; nil if it is none. A user's name, a fragment, and another scheme are none.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.byteCountMax, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      text.lowercased().hasPrefix("https://"), !text.contains("#"), !text.contains("\\")
    else { return nil }
    let rest = text.dropFirst("https://".count)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    guard let (host, port) = WebAddress.authority(rest[..<end]) else { return nil }
    self.host = host
    self.port = port
    let path = String(rest[end...])
    target = path.hasPrefix("/") ? path : "/" + path
  }

  private static func authority(_ text: Substring) -> (host: String, port: Int)? {
    let (name, portText): (Substring, Substring?)
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else { return nil }
      let literal = String(text[text.index(after: text.startIndex)..<close])
      guard literal.contains(":"), IPAddress(literal) != nil else { return nil }
      let after = text[text.index(after: close)...]
      guard after.isEmpty || after.hasPrefix(":") else { return nil }
      (name, portText) = (Substring(literal), after.isEmpty ? nil : after.dropFirst())
    } else {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = parts.first, isName(first) else { return nil }
      (name, portText) = (first, parts.count == 2 ? parts[1] : nil)
    }
    guard let portText else { return (name.lowercased(), 443) }
    guard (1...5).contains(portText.utf8.count), portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(portText), (1...65_535).contains(port)
    else { return nil }
    return (name.lowercased(), port)
  }

  /// Labels of letters, digits, `-` and `_` with dots between them; an address of IPv4 is of that form too.
  private static func isName(_ name: Substring) -> Bool {
    (1...253).contains(name.utf8.count)
      && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        (1...63).contains(label.utf8.count)
          && label.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
              || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
          }
      }
  }

  /// As the field Host has it.
  var hostField: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == 443 ? name : "\(name):\(port)"
  }
}
