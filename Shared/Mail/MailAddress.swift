/// A person's or a group's address.
public struct MailAddress: Hashable, Sendable {
  /// What stands before it, decoded, on one line; empty: nothing does.
  public let name: String
  /// `local@domain`, as written, at most 254 bytes.
  public let address: String

  /// The addresses of a field such as From or To (RFC 5322, section 3.4), members of groups included; at most
  /// ``MailLimits/addressCountMax``. What is no address is left out.
  public static func list(_ value: String) -> [MailAddress] {
    var scanner = FieldScanner(value)
    var addresses: [MailAddress] = []
    var words: [String] = []
    func add(_ address: String, named name: String) {
      guard addresses.count < MailLimits.addressCountMax, isAddress(address) else { return }
      addresses.append(MailAddress(name: EncodedWords.decoded(name).onOneLine, address: address))
    }
    func closeBare() {
      add(words.joined(), named: "")
      words.removeAll()
    }
    scanner.skip()
    while let next = scanner.next {
      switch next {
      case 0x2C, 0x3B:  // , ;
        scanner.take()
        closeBare()
      case 0x3A:  // the name of a group ends
        scanner.take()
        words.removeAll()
      case Byte.less:
        scanner.take()
        add(inBrackets(&scanner), named: words.joined(separator: " "))
        words.removeAll()
      case Byte.quote: words.append(scanner.quoted() ?? "")
      default:
        let word = scanner.word(until: ",;:<>")
        if word.isEmpty { scanner.take() } else { words.append(word) }
      }
      scanner.skip()
    }
    closeBare()
    return addresses
  }

  /// What stands up to the closing bracket, without comments and an obsolete route.
  private static func inBrackets(_ scanner: inout FieldScanner) -> String {
    var address = ""
    scanner.skip()
    while let next = scanner.next, next != Byte.greater {
      if let quoted = scanner.quoted() { address += quoted }
      let word = scanner.word(until: ">")
      address += word
      scanner.skip()
      if word.isEmpty, let next = scanner.next, next != Byte.greater, next != Byte.quote { scanner.take() }
    }
    scanner.take()
    if address.hasPrefix("@"), let colon = address.firstIndex(of: ":") {
      return String(address[address.index(after: colon)...])
    }
    return address
  }

  /// Whether a text can be an address: something on both sides of the last `@`, no blanks, no control characters.
  public static func isAddress(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= MailLimits.addressByteCountMax, let at = bytes.lastIndex(of: 0x40), at > 0,
      at < bytes.count - 1
    else { return false }
    return bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != Byte.less && $0 != Byte.greater }
      && !text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) || $0.properties.isWhitespace }
  }
}

/// The identifiers of messages (RFC 5322, section 3.6.4).
public enum MessageIdentifiers {
  /// Those of a field such as References, without brackets; of more than ``MailLimits/referenceCountMax``, the last ones.
  /// A field that has no brackets names what looks like identifiers. Some programs write long ones in encoded words, though
  /// they must not.
  public static func list(_ value: String) -> [String] {
    let bytes = Array(EncodedWords.decoded(value).utf8)
    var found: [String] = []
    if bytes.contains(Byte.less) {
      var start: Int?
      for (place, byte) in bytes.enumerated() {
        if byte == Byte.less { start = place + 1 }
        if byte == Byte.greater, let first = start {
          add(bytes[first..<place], &found)
          start = nil
        }
      }
    } else {
      for word in bytes.split(whereSeparator: Byte.isSpace) where word.contains(0x40) { add(word, &found) }
    }
    return Array(found.suffix(MailLimits.referenceCountMax))
  }

  private static func add(_ bytes: ArraySlice<UInt8>, _ found: inout [String]) {
    let id = bytes.filter { $0 > 0x20 && $0 != 0x7F }
    guard (1...MailLimits.messageIDByteCountMax).contains(id.count) else { return }
    found.append(String(decoding: id, as: UTF8.self))
  }
}
