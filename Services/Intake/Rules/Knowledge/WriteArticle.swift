public import Policy

/// Writes a new article: a draft.
public enum CreateArticle {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// What it is for.
    public var kind: Article.Kind
    /// By whose rules its words are found.
    public var language: Article.Language
    /// 1 to 200 bytes.
    public var title: String
    /// At most ``Article/tagCountMax`` different words.
    public var tags: [String]
    /// 1 byte to ``Article/bodyByteCountMax``.
    public var body: String

    /// A request as given.
    public init(
      kind: Article.Kind, language: Article.Language = .simple, title: String, tags: [String] = [], body: String
    ) {
      self.kind = kind
      self.language = language
      self.title = title
      self.tags = tags
      self.body = body
    }
  }

  /// Needs nothing.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<ArticleView> {
    Decision { () throws(Refused) in
      let article = Article(
        id: context.id(), kind: request.kind, language: request.language, createdAt: context.now)
      let edition = ArticleEdition(
        key: .init(articleID: article.id, edition: 1), language: article.language, title: request.title,
        tags: request.tags, body: request.body, author: context.caller.description, note: "",
        writtenAt: context.now)
      try edition.check()
      state.articles.insert(article)
      state.editions.insert(edition)
      // A portal may watch, and is not to learn what a draft is about.
      state.common.changed("article.created", article.id, version: 1, "A draft was written: \(request.kind.rawValue).")
      return ArticleView(article: article, edition: edition)
    }
  }
}

/// Writes a further edition of an article.
public enum EditArticle {
  /// What is asked; nil leaves a field as it is in the latest edition.
  public struct Request: Sendable, Hashable {
    /// Which article.
    public var articleID: ArticleID
    /// The edition that was read before; nil: whichever is the latest.
    public var readEdition: Int64?
    /// 1 to 200 bytes.
    public var title: String?
    /// At most ``Article/tagCountMax`` different words.
    public var tags: [String]?
    /// 1 byte to ``Article/bodyByteCountMax``.
    public var body: String?
    /// Why, at most 1,000 bytes.
    public var note: String

    /// A request as given.
    public init(
      articleID: ArticleID, readEdition: Int64? = nil, title: String? = nil, tags: [String]? = nil,
      body: String? = nil, note: String = ""
    ) {
      self.articleID = articleID
      self.readEdition = readEdition
      self.title = title
      self.tags = tags
      self.body = body
      self.note = note
    }
  }

  /// Needs the article and its latest edition. What is published stays published.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<ArticleView> {
    Decision { () throws(Refused) in
      try Fields.note(request.note, "note")
      var article = try state.article(request.articleID)
      if let read = request.readEdition, read != article.latestEdition {
        throw Refused(
          .conflict(state: "edition \(article.latestEdition)"),
          "Somebody wrote edition \(article.latestEdition) since edition \(read): read it, and edit that one.")
      }
      guard article.latestEdition < Article.editionCountMax else {
        throw Refused(
          .limit("editions"), "An article has at most \(Article.editionCountMax) editions: write a new article.")
      }
      let latest = try state.edition(article.latestEdition, of: article)
      let next = ArticleEdition(
        key: .init(articleID: article.id, edition: article.latestEdition + 1), language: article.language,
        title: request.title ?? latest.title, tags: request.tags ?? latest.tags, body: request.body ?? latest.body,
        author: context.caller.description, note: request.note, writtenAt: context.now)
      guard (next.title, next.body) != (latest.title, latest.body) || next.tags != latest.tags else {
        throw Fields.invalid("title", "or tags or body must change: the edition would be the same as the latest")
      }
      try next.check()
      state.editions.insert(next)
      article.latestEdition = next.key.edition
      state.commit(&article, "article.edited", "Edition \(next.key.edition) of an article was written.")
      return ArticleView(article: article, edition: next)
    }
  }
}

extension ArticleEdition {
  /// Refuses what is out of bounds.
  fileprivate func check() throws(Refused) {
    try Fields.name(title, "title")
    try Fields.tags(tags)
    try Fields.text(body, "body", max: Article.bodyByteCountMax)
  }
}
