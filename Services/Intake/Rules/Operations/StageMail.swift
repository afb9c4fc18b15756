public import Policy

extension Kind {
  /// A mail that comes in parts.
  public enum MailUpload {}
}

/// The identifier of a mail that comes in parts.
public typealias MailUploadID = ID<Kind.MailUpload>

/// A part of a mail that is longer than one request, until it is delivered.
public struct MailPart: Record, Hashable {
  /// The most bytes of one.
  public static let byteCountMax = 786_432
  /// The most parts of one mail.
  public static let countMax: Int64 = 14

  /// Which part of which mail.
  public struct Key: Hashable, Comparable, Sendable {
    /// The mail.
    public var uploadID: MailUploadID
    /// From 1.
    public var place: Int64

    /// A key as given.
    public init(uploadID: MailUploadID, place: Int64) {
      self.uploadID = uploadID
      self.place = place
    }

    /// By mail, then by place.
    public static func < (a: Key, b: Key) -> Bool { (a.uploadID, a.place) < (b.uploadID, b.place) }
  }

  /// Which part of which mail.
  public let key: Key
  /// The bytes themselves, which no rule looks at.
  public let bytes: [UInt8]

  /// A part as given.
  public init(key: Key, bytes: [UInt8]) {
    self.key = key
    self.bytes = bytes
  }

  /// The mail.
  public var group: MailUploadID { key.uploadID }
}

/// Takes a part of a mail that is longer than one request. What is not delivered in time is forgotten: whoever sent it has
/// the mail still.
public enum StageMail {
  /// How long parts are kept after the latest of them came.
  public static let keptFor = TimeSpan.hours(1)

  /// Needs the part. The same part again changes nothing but the time for which it is kept.
  ///
  /// - Returns: until when the parts are kept.
  public static func decide(
    _ part: MailPart, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Instant> {
    Decision { () throws(Refused) in
      guard (1...MailPart.countMax).contains(part.key.place) else {
        throw Fields.invalid("place", "is 1 to \(MailPart.countMax)")
      }
      guard (1...MailPart.byteCountMax).contains(part.bytes.count) else {
        throw Fields.invalid("original", "has 1 to \(MailPart.byteCountMax) bytes")
      }
      if let known = state.mailParts[part.key] {
        guard known == part else {
          throw Refused(.alreadyExists("part"), "Part \(part.key.place) of this upload has other bytes.")
        }
      } else {
        state.mailParts.insert(part)
      }
      let until = context.now + keptFor
      state.common.timers.arm(IntakeState.uploadTimer, part.key.uploadID, at: until)
      return until
    }
  }

  /// The whole mail of so many parts. Needs them.
  public static func whole(
    _ id: MailUploadID, parts count: Int64, _ state: IntakeState
  ) throws(Refused) -> [UInt8] {
    guard (1...MailPart.countMax).contains(count) else {
      throw Fields.invalid("parts", "is 1 to \(MailPart.countMax)")
    }
    var whole: [UInt8] = []
    for place in 1...count {
      guard let part = state.mailParts[.init(uploadID: id, place: place)] else {
        throw Refused(.expired("upload"), "Part \(place) of this upload is not here: send all of them again.")
      }
      whole += part.bytes
    }
    return whole
  }

  /// Forgets the parts of a mail. Needs them.
  public static func forget(_ id: MailUploadID, _ state: inout IntakeState) {
    for part in state.mailParts.members(of: id) { state.mailParts.remove(part.key) }
    state.common.timers.disarm(IntakeState.uploadTimer, id)
  }
}
