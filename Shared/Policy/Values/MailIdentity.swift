/// The identifiers that this software gives to its own mail, so that an answer finds the ticket that it is about
/// (RFC 5322, section 3.6.4).
public enum MailIdentity {
  /// The domain of them all. It is nobody's (RFC 6761), so that no other program gives out the same.
  public static let domain = "callout.invalid"

  /// The identifier of a message that is sent, in brackets: that of its delivery, and that of the ticket that it is about.
  public static func messageID(_ delivery: SubjectID, ticket: TicketID?) -> String {
    ticket.map { "<\(delivery).\($0)@\(domain)>" } ?? "<\(delivery)@\(domain)>"
  }

  /// The ticket that an identifier tells, without brackets; nil: it is none of ours, or about no ticket.
  public static func ticket(of messageID: String) -> TicketID? {
    let sides = messageID.split(separator: "@", omittingEmptySubsequences: false)
    guard sides.count == 2, sides[1] == domain else { return nil }
    let ids = sides[0].split(separator: ".", omittingEmptySubsequences: false)
    guard ids.count == 2, SubjectID(String(ids[0])) != nil else { return nil }
    return TicketID(String(ids[1]))
  }
}
