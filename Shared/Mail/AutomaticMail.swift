/// Why a message was written by a program, so that no program may answer it (RFC 3834, RFC 2076, RFC 2919, RFC 2369).
public enum AutomaticMail {
  /// The reason in words, at most 200 bytes; nil: a person may have written it.
  ///
  /// - Parameters:
  ///   - sender: the envelope's sender, with or without brackets; nil: not known.
  ///   - ownDomain: the domain of the identifiers that the caller gives to its own messages, in small letters.
  public static func reason(_ message: InternetMessage, sender: String?, ownDomain: String) -> String? {
    let header = message.header
    let isOwn =
      message.messageID?.asciiLowercased.hasSuffix("@\(ownDomain)") ?? false
      || header.all("x-loop").contains { $0.asciiLowercased.contains(ownDomain) }
    if isOwn { return "it is this software's own message" }
    if let sender, bare(sender).isEmpty { return "its envelope has no sender" }
    if let path = header["return-path"], bare(path).isEmpty { return "its Return-Path is empty" }
    if let word = header["auto-submitted"].map(firstWord), word != "no" { return "Auto-Submitted: \(word)" }
    if let word = header["precedence"].map(firstWord), ["bulk", "list", "junk"].contains(word) {
      return "Precedence: \(word)"
    }
    if let field = header.fields.first(where: { $0.name.hasPrefix("list-") && lists.contains($0.name) }) {
      return "\(field.name): it came through a list"
    }
    if message.type == "multipart/report" { return "it is a report about a message" }
    let writers = [sender.map(bare), message.from?.address].compactMap(\.self)
    if let daemon = writers.first(where: { daemons.contains(localPart($0)) }) {
      return "\(localPart(daemon)) is no person"
    }
    return nil
  }

  private static let lists: Set<String> = [
    "list-id", "list-post", "list-help", "list-unsubscribe", "list-subscribe", "list-owner", "list-archive",
  ]
  private static let daemons: Set<String> = ["mailer-daemon", "postmaster", "noreply", "no-reply"]

  private static func bare(_ address: String) -> String {
    let text = address.trimmed
    return text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()).trimmed : text
  }

  private static func localPart(_ address: String) -> String {
    (address.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).first ?? "").asciiLowercased
  }

  private static func firstWord(_ value: String) -> String {
    var scanner = FieldScanner(value)
    scanner.skip()
    return scanner.word(until: ";,").asciiLowercased.cut(toByteCount: 64)
  }
}
