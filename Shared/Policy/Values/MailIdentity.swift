/// The identifiers that this software gives to its own mail, so that an answer finds the ticket that it is about
/// (RFC 5322, section 3.6.4).
public enum MailIdentity {
  /// The domain of them all. It is nobody's (RFC 6761), so that no other program gives out the same.
  public static let domain = "callout.invalid"

  /// The identifier of a message that is sent, in brackets: that of its delivery, and that of the ticket that it is about.
  /// A header line with it has at most 78 bytes, as RFC 5322 recommends, and is always the same for the same delivery.
  public static func messageID(_ delivery: SubjectID, ticket: TicketID?) -> String {
    ticket.map { "<\(short(delivery)).\(short($0))@\(domain)>" } ?? "<\(delivery)@\(domain)>"
  }

  /// The ticket that an identifier tells, without brackets; nil: it is none of ours, or about no ticket. Identifiers in
  /// their canonical text, which mail had before, are understood too.
  public static func ticket(of messageID: String) -> TicketID? {
    let sides = messageID.split(separator: "@", omittingEmptySubsequences: false)
    guard sides.count == 2, sides[1] == domain else { return nil }
    let ids = sides[0].split(separator: ".", omittingEmptySubsequences: false)
    guard ids.count == 2 else { return nil }
    if id(short: ids[0], of: Kind.Delivery.self) != nil { return id(short: ids[1]) }
    return SubjectID(String(ids[0])) == nil ? nil : TicketID(String(ids[1]))
  }

  /// The digits of base64 for names (RFC 4648, section 5), all of which may stand in an identifier.
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  /// How many digits 16 bytes have; four bits of the last one are zero.
  private static let digitCount = 22

  private static func short<Tag>(_ id: ID<Tag>) -> String {
    var (text, held, heldBits) = ([UInt8](), UInt32(0), 0)
    for byte in id.bytes + [0] {
      held = held << 8 | UInt32(byte)
      heldBits += 8
      while heldBits >= 6, text.count < digitCount {
        heldBits -= 6
        text.append(digits[Int(held >> UInt32(heldBits) & 0x3f)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func id<Tag>(short text: Substring, of _: Tag.Type = Tag.self) -> ID<Tag>? {
    guard text.utf8.count == digitCount else { return nil }
    var (bytes, held, heldBits) = ([UInt8](), UInt32(0), 0)
    for character in text.utf8 {
      guard let digit = digits.firstIndex(of: character) else { return nil }
      held = held << 6 | UInt32(digit)
      heldBits += 6
      guard heldBits >= 8 else { continue }
      heldBits -= 8
      bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(heldBits)))
    }
    // One identifier has one spelling.
    return held & 0xf == 0 ? ID(bytes: bytes) : nil
  }
}
