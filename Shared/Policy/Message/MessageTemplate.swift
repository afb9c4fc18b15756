/// What a tenant's own words for a kind of message are made of: a subject, a text, and the same in HTML. Checked whole when
/// it is read, so that it can be rendered from the facts of any message of its kind.
///
/// A template is plain text with tags, as in Mustache: `{{left}}` is a field, `{{#lines}}…{{/lines}}` shows what is between
/// for each row, or once if the field is there and not empty, `{{^late}}…{{/late}}` if it is not, `{{! … }}` nothing. There
/// are no other tags: no partials, no lambdas, no other delimiters, and nothing that turns escaping off.
public struct MessageTemplate: Hashable, Sendable {
  /// The longest subject, in bytes of UTF-8.
  public static let subjectByteCountMax = 500
  /// The longest text, in bytes of UTF-8.
  public static let textByteCountMax = 16 * 1024
  /// The longest HTML, in bytes of UTF-8.
  public static let htmlByteCountMax = 64 * 1024
  /// How deep sections may stand in each other.
  public static let depthMax = 8

  public let kind: MessageKind
  let subject: [TemplateNode]
  let text: [TemplateNode]
  /// Empty: the message has no HTML.
  let html: [TemplateNode]

  /// A template of these parts.
  ///
  /// - Throws: ``TemplateProblem``, the first thing that is wrong.
  public init(_ kind: MessageKind, subject: String, text: String, html: String) throws(TemplateProblem) {
    self.kind = kind
    guard !subject.isEmpty else { throw TemplateProblem(part: "subject", line: 1, "must not be empty") }
    guard !text.isEmpty else { throw TemplateProblem(part: "text", line: 1, "must not be empty") }
    guard !subject.contains(where: \.isNewline) else { throw TemplateProblem(part: "subject", line: 1, "is one line") }
    self.subject = try Self.read("subject", subject, Self.subjectByteCountMax, kind)
    self.text = try Self.read("text", text, Self.textByteCountMax, kind)
    let nodes = try Self.read("html", html, Self.htmlByteCountMax, kind)
    var check = MarkupCheck()
    self.html = try check.checked(nodes)
  }

  private static func read(
    _ part: String, _ text: String, _ byteCountMax: Int, _ kind: MessageKind
  ) throws(TemplateProblem) -> [TemplateNode] {
    guard text.utf8.count <= byteCountMax else {
      throw TemplateProblem(part: part, line: 1, "has at most \(byteCountMax) bytes, and this is \(text.utf8.count)")
    }
    var reader = TemplateReader(part, text, kind)
    return try reader.read()
  }
}

/// What is wrong with a template.
public struct TemplateProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// subject, text or html.
  public let part: String
  /// From 1.
  public let line: Int
  /// What, and what would be right.
  public let text: String

  init(part: String, line: Int, _ text: String) {
    self.part = part
    self.line = line
    self.text = text
  }

  public var description: String { "\(part), line \(line): \(text)." }
}

/// A piece of a template.
indirect enum TemplateNode: Hashable, Sendable {
  case literal(String, line: Int)
  case field(TemplatePath, line: Int, escape: TemplateEscape)
  case section(name: String, isInverted: Bool, [TemplateNode], line: Int)
}

/// Which value a tag names: a field, or a part of it.
struct TemplatePath: Hashable, Sendable {
  let name: String
  let part: String?
}

/// How a value is made harmless where it stands.
enum TemplateEscape: Hashable, Sendable {
  /// In plain text: as it is.
  case none
  /// In HTML: with references.
  case markup
  /// Within a link: percent-encoded.
  case link
}

/// Reads the tags of one part of a template.
struct TemplateReader {
  private let part: String
  private let bytes: [UInt8]
  private let kind: MessageKind
  private var place = 0
  private var line = 1
  /// The sections that are open, outermost first, each with what stands before it on its level.
  private var open: [(name: String, isInverted: Bool, line: Int, before: [TemplateNode], fields: [MessageField]?)] = []
  private var nodes: [TemplateNode] = []

  init(_ part: String, _ text: String, _ kind: MessageKind) {
    self.part = part
    bytes = Array(text.utf8)
    self.kind = kind
  }

  mutating func read() throws(TemplateProblem) -> [TemplateNode] {
    while let start = find("{{", from: place) {
      let tag = try tag(at: start)
      let own = tag.kind == .field ? nil : ownLine(start, tag.end)
      literal(upTo: own?.lowerBound ?? start)
      line += bytes[place..<start].count { $0 == 0x0a }
      try take(tag)
      place = own?.upperBound ?? tag.end
      line += bytes[start..<place].count { $0 == 0x0a }
    }
    literal(upTo: bytes.count)
    guard let last = open.last else { return nodes }
    throw problem("{{#\(last.name)}} is never closed: write {{/\(last.name)}}", line: last.line)
  }

  // MARK: Tags

  private enum TagKind { case field, section, inverted, end, comment }
  private typealias Tag = (kind: TagKind, name: String, end: Int)

  private func tag(at start: Int) throws(TemplateProblem) -> Tag {
    let line = self.line + bytes[place..<start].count { $0 == 0x0a }
    guard let close = find("}}", from: start + 2) else { throw problem("{{ is never closed: write }}", line: line) }
    let inside = bytes[(start + 2)..<close]
    let kind: TagKind =
      switch inside.first {
      case UInt8(ascii: "#"): .section
      case UInt8(ascii: "^"): .inverted
      case UInt8(ascii: "/"): .end
      case UInt8(ascii: "!"): .comment
      default: .field
      }
    if kind == .comment { return (kind, "", close + 2) }
    if let sign = inside.first, "{&>=<$%*".utf8.contains(sign) {
      let known = "{{field}}, {{#field}}, {{^field}}, {{/field}} or {{! … }}"
      throw problem("{{\(Character(Unicode.Scalar(sign))) is not known: a tag is \(known)", line: line)
    }
    let name = (kind == .field ? inside : inside.dropFirst()).drop { $0 == 0x20 }
    let trimmed = name.prefix(name.count - name.reversed().prefix { $0 == 0x20 }.count)
    return (kind, String(decoding: trimmed, as: UTF8.self), close + 2)
  }

  private mutating func take(_ tag: Tag) throws(TemplateProblem) {
    switch tag.kind {
    case .comment: return
    case .field:
      let parts = tag.name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let field = try field(parts[0])
      let part = parts.count == 2 ? parts[1] : nil
      if case .rows = field.shape {
        throw problem("\(field.name) has rows: write {{#\(field.name)}}…{{/\(field.name)}}")
      }
      if let part, !field.shape.parts.contains(part) {
        let known = field.shape.parts.map { "\(field.name).\($0)" }.joined(separator: ", ")
        throw problem("\(tag.name) is not known: there is \(known.isEmpty ? "\(field.name) alone" : known)")
      }
      nodes.append(.field(TemplatePath(name: field.name, part: part), line: line, escape: .none))
    case .section, .inverted:
      let field = try field(tag.name)
      guard open.count < MessageTemplate.depthMax else {
        throw problem("sections stand in each other at most \(MessageTemplate.depthMax) deep")
      }
      var fields: [MessageField]?
      if case .rows(let inner) = field.shape, tag.kind == .section { fields = inner }
      open.append((field.name, tag.kind == .inverted, line, nodes, fields))
      nodes = []
    case .end:
      guard let last = open.popLast() else { throw problem("{{/\(tag.name)}} closes nothing") }
      guard last.name == tag.name else {
        throw problem("{{/\(tag.name)}} closes {{#\(last.name)}} of line \(last.line): write {{/\(last.name)}} first")
      }
      nodes = last.before + [.section(name: last.name, isInverted: last.isInverted, nodes, line: last.line)]
    }
  }

  /// The field that a name means here. Rows show their own fields and the message's others, never rows of rows, so that
  /// what a template makes is bounded by the facts.
  private func field(_ name: String) throws(TemplateProblem) -> MessageField {
    let rows = open.compactMap(\.fields)
    for fields in rows.reversed() {
      if let found = fields.first(where: { $0.name == name }) { return found }
    }
    let fields = kind.fields.filter { field in
      if case .rows = field.shape { return rows.isEmpty }
      return true
    }
    if let found = fields.first(where: { $0.name == name }) { return found }
    let known = (rows.reversed().flatMap { $0 } + fields).map(\.name)
    let what = name.isEmpty ? "a tag without a name" : name
    throw problem("\(what) is not known: there is \(known.joined(separator: ", "))")
  }

  // MARK: Text between tags

  private mutating func literal(upTo end: Int) {
    guard end > place else { return }
    nodes.append(.literal(String(decoding: bytes[place..<end], as: UTF8.self), line: line))
  }

  /// The line of a tag beside which there is nothing but blanks, its end included: it leaves no line of its own.
  private func ownLine(_ start: Int, _ end: Int) -> Range<Int>? {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    guard let begin = lineStart(start), bytes[begin..<start].allSatisfy(isBlank), !bytes[start..<end].contains(0x0a)
    else { return nil }
    guard let last = bytes[end...].firstIndex(where: { !isBlank($0) }) else { return begin..<bytes.count }
    if bytes[last] == 0x0a { return begin..<(last + 1) }
    return bytes[last] == 0x0d && bytes[(last + 1)...].first == 0x0a ? begin..<(last + 2) : nil
  }

  /// Where the line of `start` begins; nil: another tag stands before it on its line.
  private func lineStart(_ start: Int) -> Int? {
    if let newline = bytes[place..<start].lastIndex(of: 0x0a) { return newline + 1 }
    return place == 0 || bytes[place - 1] == 0x0a ? place : nil
  }

  private func find(_ sign: StaticString, from: Int) -> Int? {
    guard from + 1 < bytes.count else { return nil }
    return (from..<(bytes.count - 1)).first { bytes[$0] == sign.utf8Start[0] && bytes[$0 + 1] == sign.utf8Start[1] }
  }

  private func problem(_ text: String, line: Int? = nil) -> TemplateProblem {
    TemplateProblem(part: part, line: line ?? self.line, text)
  }
}
