public import Policy

extension Kind {
  /// An article of the knowledge base.
  public enum Article {}
}

/// The identifier of an article.
public typealias ArticleID = ID<Kind.Article>

/// An article of the knowledge base. What it says stands in its editions.
public struct Article: Record, Hashable {
  /// What it is for.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// How something is.
    case information
    /// How something is done.
    case procedure
    /// What a release of a product changes.
    case changeLog = "change-log"
    /// How an incident was resolved.
    case resolution
  }

  /// Who sees it.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Nobody but the tenant's own people.
    case draft
    /// Every user of the tenant's products.
    case published
    /// Nobody but the tenant's own people, any more.
    case retired
  }

  /// By whose rules words are found: PostgreSQL's own configurations.
  public enum Language: String, CaseIterable, Hashable, Sendable {
    /// Words as they are written, of any language.
    case simple
    case arabic, armenian, basque, catalan, danish, dutch, english, finnish, french, german, greek, hindi, hungarian,
      indonesian, irish, italian, lithuanian, nepali, norwegian, portuguese, romanian, russian, serbian, spanish,
      swedish, tamil, turkish, yiddish
  }

  /// The most editions of one article.
  public static let editionCountMax: Int64 = 1000
  /// The most bytes of a body.
  public static let bodyByteCountMax = Fields.messageByteCountMax
  /// The most tags.
  public static let tagCountMax = 20
  /// The most articles that resolved one ticket.
  public static let linkCountMax = 20

  /// The article's identifier.
  public let id: ArticleID
  /// What it is for.
  public let kind: Kind
  /// The language of all its editions.
  public let language: Language
  /// Who sees it.
  public var state = State.draft
  /// The newest edition, from 1 to ``editionCountMax``.
  public var latestEdition: Int64 = 1
  /// The edition that everybody sees while it is published; nil: none ever was.
  public var publishedEdition: Int64?
  /// When it was written.
  public let createdAt: Instant
  /// The latest publication.
  public var publishedAt: Instant?
  /// When it was withdrawn; nil unless it is retired.
  public var retiredAt: Instant?
  /// Counts changes, from 1.
  public var version: Int64 = 1

  /// A draft in its first edition.
  public init(id: ArticleID, kind: Kind, language: Language, createdAt: Instant) {
    self.id = id
    self.kind = kind
    self.language = language
    self.createdAt = createdAt
  }

  /// The identifier.
  public var key: ArticleID { id }
  /// The article itself.
  public var group: ArticleID { id }
}

/// What an article says, or said. It never changes.
public struct ArticleEdition: Record, Hashable {
  /// Which edition of which article.
  public struct Key: Hashable, Comparable, Sendable {
    /// The article.
    public let articleID: ArticleID
    /// From 1.
    public let edition: Int64

    /// A key as given.
    public init(articleID: ArticleID, edition: Int64) {
      self.articleID = articleID
      self.edition = edition
    }

    /// By article, then by edition.
    public static func < (a: Key, b: Key) -> Bool { (a.articleID, a.edition) < (b.articleID, b.edition) }
  }

  /// Which edition of which article.
  public let key: Key
  /// The article's language.
  public let language: Article.Language
  /// 1 to 200 bytes.
  public var title: String
  /// At most ``Article/tagCountMax`` different words.
  public var tags: [String]
  /// 1 byte to ``Article/bodyByteCountMax``.
  public var body: String
  /// Who wrote it.
  public let author: String
  /// Why it was written.
  public let note: String
  /// When.
  public let writtenAt: Instant

  /// An edition as given.
  public init(
    key: Key, language: Article.Language, title: String, tags: [String], body: String, author: String, note: String,
    writtenAt: Instant
  ) {
    self.key = key
    self.language = language
    self.title = title
    self.tags = tags
    self.body = body
    self.author = author
    self.note = note
    self.writtenAt = writtenAt
  }

  /// The article.
  public var group: ArticleID { key.articleID }
}

/// An article with one of its editions, as it is shown.
public struct ArticleView: Hashable, Sendable {
  /// The article.
  public var article: Article
  /// What it says.
  public var edition: ArticleEdition

  /// A view as given.
  public init(article: Article, edition: ArticleEdition) {
    self.article = article
    self.edition = edition
  }
}

/// Says that an article resolved a ticket.
public struct ArticleLink: Record, Hashable {
  /// Which article and which ticket.
  public struct Key: Hashable, Comparable, Sendable {
    /// The ticket.
    public let ticketID: TicketID
    /// The article.
    public let articleID: ArticleID

    /// A key as given.
    public init(ticketID: TicketID, articleID: ArticleID) {
      self.ticketID = ticketID
      self.articleID = articleID
    }

    /// By ticket, then by article.
    public static func < (a: Key, b: Key) -> Bool { (a.ticketID, a.articleID) < (b.ticketID, b.articleID) }
  }

  /// Which article and which ticket.
  public let key: Key
  /// Who said so.
  public let linkedBy: String
  /// When.
  public let linkedAt: Instant

  /// A link as given.
  public init(key: Key, linkedBy: String, linkedAt: Instant) {
    self.key = key
    self.linkedBy = linkedBy
    self.linkedAt = linkedAt
  }

  /// The ticket.
  public var group: TicketID { key.ticketID }
}
