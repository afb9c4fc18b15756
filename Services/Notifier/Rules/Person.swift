public import Policy

/// Someone who can be told.
public struct Person: Record {
  public let id: PersonID
  /// What plans name the person by, such as `anna` of `person.anna`; empty: plans do not. Nobody else has the same.
  public var handle: String
  /// 1 to 200 bytes.
  public var name: String
  /// How to reach the person, in order of preference; at most ``mostMethods``.
  public var methods: [ContactMethod]
  /// Counts changes, from 1.
  public var version: Int64

  /// The most ways to reach one person.
  public static let mostMethods = 10

  public init(id: PersonID, handle: String = "", name: String, methods: [ContactMethod], version: Int64) {
    self.id = id
    self.handle = handle
    self.name = name
    self.methods = methods
    self.version = version
  }

  public var key: PersonID { id }
  public var group: String { handle }
}

/// A way to reach a person.
public struct ContactMethod: Hashable, Sendable {
  public var kind: DeliveryMethod
  /// At most 254 bytes; what is allowed in it depends on the kind, see ``init(kind:address:)``.
  public var address: String

  /// A method as stored.
  public init(stored kind: DeliveryMethod, address: String) {
    self.kind = kind
    self.address = address
  }

  /// A method as a request gives it; nil when the address cannot be one of its kind.
  ///
  /// An address is visible ASCII without spaces or brackets, at most 254 bytes. A mail address has exactly one `@` with
  /// something on both sides; a number begins with `+` or a digit and has digits, `-`, `.`, `*` and `#`; a pager takes
  /// either; a webhook begins with `https://`; what a push service calls a phone has no form of its own.
  public init?(kind: DeliveryMethod, address: String) {
    let bytes = Array(address.utf8)
    guard (1...TextBound.address).contains(bytes.count), bytes.allSatisfy(ContactMethod.isAllowed) else { return nil }
    switch kind {
    case .email:
      guard ContactMethod.isMail(bytes) else { return nil }
    case .voice, .sms:
      guard ContactMethod.isNumber(bytes) else { return nil }
    case .pager:
      guard ContactMethod.isMail(bytes) || ContactMethod.isNumber(bytes) else { return nil }
    case .webhook:
      guard address.hasPrefix("https://"), bytes.count > 8 else { return nil }
    case .push: break
    }
    self.init(stored: kind, address: address)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"),
      UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ";"):
      false
    default: (0x21...0x7e).contains(byte)
    }
  }

  private static func isMail(_ bytes: [UInt8]) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !bytes.contains(UInt8(ascii: ":"))
  }

  private static func isNumber(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, first == UInt8(ascii: "+") || (0x30...0x39).contains(first) else { return false }
    return bytes.dropFirst().allSatisfy { byte in
      (0x30...0x39).contains(byte) || [0x2d, 0x2e, 0x2a, 0x23].contains(byte)
    }
  }
}
