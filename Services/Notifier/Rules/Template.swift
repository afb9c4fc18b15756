public import Policy

/// A tenant's own words for a kind of message in a language: a draft, and the edition that is in force.
public struct Template: Record, Hashable {
  /// The most languages of a kind.
  public static let languageCountMax = 32
  /// The most editions of a template.
  public static let editionCountMax = 10_000

  /// A kind has one template in each language.
  public struct Key: Hashable, Comparable, Sendable {
    /// A ``MessageKind``'s word.
    public let kind: String
    /// A language tag.
    public let language: String

    public init(kind: MessageKind, language: MessageLanguage) {
      self.init(kind: kind.rawValue, language: language.tag)
    }

    public init(kind: String, language: String) {
      self.kind = kind
      self.language = language
    }

    public static func < (a: Key, b: Key) -> Bool { (a.kind, a.language) < (b.kind, b.language) }
  }

  public let id: TemplateID
  public let kind: MessageKind
  public let language: MessageLanguage
  public var draft: MessageKind.Words
  /// When the draft was set.
  public var draftedAt: Instant
  /// The edition in force, the latest; 0: none yet.
  public var published: Int
  /// Counts changes, from 1.
  public var version: Int64

  public init(
    id: TemplateID, kind: MessageKind, language: MessageLanguage, draft: MessageKind.Words, draftedAt: Instant,
    published: Int = 0, version: Int64 = 1
  ) {
    self.id = id
    self.kind = kind
    self.language = language
    self.draft = draft
    self.draftedAt = draftedAt
    self.published = published
    self.version = version
  }

  public var key: Key { Key(kind: kind, language: language) }
  public var group: String { kind.rawValue }
}

/// What was published of a template. Inserted, never changed.
public struct TemplateEdition: Record, Hashable {
  public struct Key: Hashable, Comparable, Sendable {
    public let template: TemplateID
    /// From 1 without gaps.
    public let number: Int

    public init(template: TemplateID, number: Int) {
      self.template = template
      self.number = number
    }

    public static func < (a: Key, b: Key) -> Bool { (a.template, a.number) < (b.template, b.number) }
  }

  public let template: TemplateID
  /// From 1.
  public let number: Int
  public let words: MessageKind.Words
  public let publishedAt: Instant
  /// Who published it.
  public let by: String
  /// The earlier edition that was published again; 0: the draft was.
  public let repeats: Int

  public init(
    template: TemplateID, number: Int, words: MessageKind.Words, publishedAt: Instant, by: String, repeats: Int
  ) {
    self.template = template
    self.number = number
    self.words = words
    self.publishedAt = publishedAt
    self.by = by
    self.repeats = repeats
  }

  public var key: Key { Key(template: template, number: number) }
  public var group: TemplateID { template }
}

extension Kind {
  /// A tenant's own words for a kind of message in a language.
  public enum Template {}
}

public typealias TemplateID = ID<Kind.Template>

extension Template.Key {
  /// What a request names, checked.
  public init(named kind: String, in language: String) throws(Refused) {
    guard let known = MessageKind(rawValue: kind) else {
      let all = MessageKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refused(.invalid(field: "kind"), "\(kind.prefix(64)) is no kind of message: there is \(all).")
    }
    guard let tag = MessageLanguage(language) else {
      throw Refused(.invalid(field: "language"), "language is a tag such as de or de-AT (BCP 47).")
    }
    self.init(kind: known, language: tag)
  }
}

extension MessageTemplate {
  /// The template of these words, or a refusal that says what is wrong with them, and where.
  public static func checked(_ kind: MessageKind, _ words: MessageKind.Words) throws(Refused) -> MessageTemplate {
    do throws(TemplateProblem) {
      return try MessageTemplate(kind, subject: words.subject, text: words.text, html: words.html)
    } catch {
      throw Refused(.invalid(field: error.part), error.description)
    }
  }
}
