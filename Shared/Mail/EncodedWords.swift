/// Text in header fields that is written in words such as `=?utf-8?B?w6k=?=` (RFC 2047).
enum EncodedWords {
  /// The text of an unstructured value or a phrase. Words that follow each other with nothing but blanks between them
  /// stand without those; what is no word stands as it is.
  static func decoded(_ value: String) -> String {
    guard value.contains("=?") else { return value }
    let bytes = Array(value.utf8)
    var text = ""
    var plain: [UInt8] = []
    // A character may be broken over words of one set, though it must not.
    var pending: (charset: String, bytes: [UInt8])?
    func settle() {
      if let word = pending { text += Charset.text(word.bytes, named: word.charset) }
      pending = nil
    }
    var place = 0
    while place < bytes.count {
      guard bytes[place] == 0x3D, let word = word(bytes, place) else {
        plain.append(bytes[place])
        place += 1
        continue
      }
      if pending == nil || !plain.allSatisfy(Byte.isSpace) {
        settle()
        text += String(decoding: plain, as: UTF8.self)
      }
      plain.removeAll(keepingCapacity: true)
      if pending?.charset == word.charset {
        pending?.bytes += word.bytes
      } else {
        settle()
        pending = (word.charset, word.bytes)
      }
      place = word.next
    }
    settle()
    return text + String(decoding: plain, as: UTF8.self)
  }

  /// The longest word that is read, in bytes; the RFC allows 75.
  private static let wordByteCountMax = 1_000

  private static func word(_ bytes: [UInt8], _ start: Int) -> (charset: String, bytes: [UInt8], next: Int)? {
    let limit = min(bytes.count, start + wordByteCountMax)
    guard start + 1 < limit, bytes[start + 1] == 0x3F else { return nil }
    func mark(from: Int) -> Int? { bytes[min(from, limit)..<limit].firstIndex(of: 0x3F) }
    guard let first = mark(from: start + 2), let second = mark(from: first + 1), second == first + 2,
      let third = mark(from: second + 1), third + 1 < limit, bytes[third + 1] == 0x3D
    else { return nil }
    let content = bytes[(second + 1)..<third]
    guard !content.contains(where: Byte.isSpace) else { return nil }
    // A language may stand behind the set (RFC 2231, section 5).
    let name = bytes[(start + 2)..<first].prefix { $0 != 0x2A }
    let charset = String(decoding: name, as: UTF8.self).asciiLowercased
    switch bytes[first + 1] {
    case 0x42, 0x62: return (charset, TransferEncoding.base64(content), third + 2)
    case 0x51, 0x71: return (charset, quoted(content), third + 2)
    default: return nil
    }
  }

  private static func quoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    var place = bytes.startIndex
    while place < bytes.endIndex {
      if bytes[place] == 0x3D, place + 2 < bytes.endIndex, let high = Byte.hexadecimal(bytes[place + 1]),
        let low = Byte.hexadecimal(bytes[place + 2])
      {
        decoded.append(high << 4 | low)
        place += 3
      } else {
        decoded.append(bytes[place] == 0x5F ? Byte.space : bytes[place])
        place += 1
      }
    }
    return decoded
  }
}
