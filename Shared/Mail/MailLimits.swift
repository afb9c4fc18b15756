/// The bounds of what the reader takes. Each is tested at the maximum and one beyond.
public enum MailLimits {
  /// The most bytes of a message: 10 MiB.
  public static let byteCountMax = 10 * 1024 * 1024
  /// The most bytes of one header, a part's included: 256 KiB.
  public static let headerByteCountMax = 256 * 1024
  /// The most fields of one header.
  public static let fieldCountMax = 1_000
  /// The most parts of a message, those that hold others included.
  public static let partCountMax = 100
  /// The most levels of parts in parts; a message without parts has one.
  public static let depthMax = 8
  /// The most bytes of a line, its end not counted: far beyond the 998 that RFC 5322 allows.
  public static let lineByteCountMax = 65_536
  /// The most addresses that are read of one field.
  public static let addressCountMax = 100
  /// The most message identifiers that are read of one field; of more, the last ones.
  public static let referenceCountMax = 100
  /// The most bytes of a message identifier (RFC 5322: a line).
  public static let messageIDByteCountMax = 998
  /// The most bytes of the text that is made of a message; the rest is cut off.
  public static let textByteCountMax = 256 * 1024
  /// The most bytes of an attachment's name; the rest is cut off.
  public static let nameByteCountMax = 200
  /// The most bytes of a mail address (RFC 5321).
  public static let addressByteCountMax = 254
  /// The most parameters that are read of one field.
  public static let parameterCountMax = 100
}

/// Why bytes are no message that is taken. Nothing of it was read.
public enum MailError: Error, Hashable, Sendable {
  /// More than ``MailLimits/byteCountMax``.
  case tooLarge
  /// Nothing that is a header field stands at its beginning.
  case noHeader
  /// More than ``MailLimits/headerByteCountMax``.
  case headerTooLarge
  /// More than ``MailLimits/fieldCountMax``.
  case tooManyFields
  /// More than ``MailLimits/partCountMax``.
  case tooManyParts
  /// More than ``MailLimits/depthMax``.
  case tooDeep
  /// More than ``MailLimits/lineByteCountMax``.
  case lineTooLong
}

extension MailError: CustomStringConvertible {
  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .tooLarge: "the message has more than \(MailLimits.byteCountMax) bytes"
    case .noHeader: "the message has no header"
    case .headerTooLarge: "a header has more than \(MailLimits.headerByteCountMax) bytes"
    case .tooManyFields: "a header has more than \(MailLimits.fieldCountMax) fields"
    case .tooManyParts: "the message has more than \(MailLimits.partCountMax) parts"
    case .tooDeep: "the message has parts in parts on more than \(MailLimits.depthMax) levels"
    case .lineTooLong: "a line has more than \(MailLimits.lineByteCountMax) bytes"
    }
  }
}
