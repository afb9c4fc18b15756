public import Policy

/// An address or a number by which a contact is known when they write or call. Rows are only added, when a contact is
/// appointed: an appointment's details never change.
public struct ContactWay: Record, Hashable {
  /// A way and whose it is.
  public struct Key: Hashable, Comparable, Sendable {
    /// `mail:` and an address in small letters, or `phone:` and the digits of a number.
    public var way: String
    /// The contact.
    public var contactID: ContactID

    /// A key as given.
    public init(way: String, contactID: ContactID) {
      self.way = way
      self.contactID = contactID
    }

    /// By way, then by contact.
    public static func < (a: Key, b: Key) -> Bool { (a.way, a.contactID) < (b.way, b.contactID) }
  }

  /// A way and whose it is.
  public let key: Key
  /// The customer that the contact speaks for.
  public let accountID: AccountID
  /// The way.
  public var group: String { key.way }

  /// A way as given.
  public init(key: Key, accountID: AccountID) {
    self.key = key
    self.accountID = accountID
  }

  /// The way of a mail address.
  public static func mail(_ address: String) -> String { "mail:" + Mailbox.folded(address) }

  /// The way of a telephone number: its digits alone, so that it has one spelling; nil: it has none.
  public static func phone(_ number: String) -> String? {
    let digits = number.utf8.filter { (0x30...0x39).contains($0) }
    return digits.isEmpty ? nil : "phone:" + String(decoding: digits, as: UTF8.self)
  }

  /// All ways of a contact, each once.
  static func all(of contact: Contact) -> [ContactWay] {
    let ways = [
      contact.email.isEmpty ? nil : mail(contact.email), phone(contact.fixedPhone), phone(contact.mobilePhone),
    ]
    return Set(ways.compactMap(\.self)).sorted().map {
      ContactWay(key: Key(way: $0, contactID: contact.id), accountID: contact.accountID)
    }
  }
}

extension IntakeState {
  /// The contacts who are appointed now and known by a way, the earliest first. Needs the ways of that name, and their
  /// contacts.
  func appointed(by way: String) -> [Contact] {
    ways.members(of: way).compactMap { contacts[$0.key.contactID] }.filter { $0.endedAt == nil }
  }
}
