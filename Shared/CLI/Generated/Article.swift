// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout article`
struct ArticleCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "article", abstract: "Articles of the knowledge base.",
    subcommands: [ArticleCreateCommand.self, ArticleEditCommand.self, ArticlePublishCommand.self, ArticleRetireCommand.self, ArticleGetCommand.self, ArticleListCommand.self, ArticleHistoryCommand.self, ArticleSearchCommand.self, ArticleLinkCommand.self])
}

/// `callout article create`
struct ArticleCreateCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Writes an article: a draft, in its first edition.",
    discussion: "Callers: desk, admin.")
  static let operation = "article.create"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("kind"), help: ArgumentHelp("Information, procedure, change-log or resolution.", valueName: "text"))
  var kind: String?
  @Option(name: .customLong("language"), help: ArgumentHelp("By whose rules its words are found: english, portuguese …; empty: simple.", valueName: "text"))
  var language: String?
  @Option(name: .customLong("title"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var title: String?
  @Option(name: .customLong("tag"), help: ArgumentHelp("At most 20 different words of 1 to 64 bytes.", valueName: "text"))
  var tag: [String] = []
  @Option(name: .customLong("body"), help: ArgumentHelp("1 byte to 64 KiB.", valueName: "text"))
  var body: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("kind", kind)
    try request.set("language", language)
    try request.set("title", title)
    try request.set("tags", tag)
    try request.set("body", body)
  }
}

/// `callout article edit`
struct ArticleEditCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Writes a further edition of an article.",
    discussion: "What is published stays so until the new edition is. Absent fields stay as they are in the latest edition. Refuses an edit of another edition than the latest (503), one that changes nothing (121), and the 1,001st edition (509). Callers: desk, admin.")
  static let operation = "article.edit"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("article"), help: ArgumentHelp("Which article.", valueName: "id"))
  var article: String?
  @Option(name: .customLong("edition"), help: ArgumentHelp("The edition that was read before; 0: whichever is the latest.", valueName: "number"))
  var edition: UInt64?
  @Option(name: .customLong("title"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var title: String?
  @Option(name: .customLong("tag"), help: ArgumentHelp("At most 20 different words of 1 to 64 bytes; none: they stay.", valueName: "text"))
  var tag: [String] = []
  @Flag(name: .customLong("untag"), help: "True: takes all tags away.")
  var untag = false
  @Option(name: .customLong("body"), help: ArgumentHelp("1 byte to 64 KiB.", valueName: "text"))
  var body: String?
  @Option(name: .customLong("note"), help: ArgumentHelp("Why, at most 1,000 bytes.", valueName: "text"))
  var note: String?
  @Argument(help: ArgumentHelp("The same as --article.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("article_id", article ?? positionalID)
    request.set("edition", edition)
    try request.set("title", title)
    try request.set("tags", tag)
    request.set("untag", untag)
    try request.set("body", body)
    try request.set("note", note)
  }
}

/// `callout article publish`
struct ArticlePublishCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Shows an edition of an article to everybody, in place of the one before.",
    discussion: "A retired article is published again. Doing so again changes nothing. Refuses an edition that the article does not have (501). Callers: desk, admin.")
  static let operation = "article.publish"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("article"), help: ArgumentHelp("Which article.", valueName: "id"))
  var article: String?
  @Option(name: .customLong("edition"), help: ArgumentHelp("Which edition; 0: the latest.", valueName: "number"))
  var edition: UInt64?
  @Argument(help: ArgumentHelp("The same as --article.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("article_id", article ?? positionalID)
    request.set("edition", edition)
  }
}

/// `callout article retire`
struct ArticleRetireCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Withdraws an article: portals and searches do not find it any more.",
    discussion: "Doing so again changes nothing. Callers: desk, admin.")
  static let operation = "article.retire"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("article"), help: ArgumentHelp("Which article.", valueName: "id"))
  var article: String?
  @Argument(help: ArgumentHelp("The same as --article.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("article_id", article ?? positionalID)
  }
}

/// `callout article get`
struct ArticleGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads an article.",
    discussion: "A portal reads the published edition; the tenant's own people read any. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "article.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("article"), help: ArgumentHelp("Which article.", valueName: "id"))
  var article: String?
  @Option(name: .customLong("edition"), help: ArgumentHelp("Which edition; 0: the latest, for a portal the published one.", valueName: "number"))
  var edition: UInt64?
  @Argument(help: ArgumentHelp("The same as --article.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("article_id", article ?? positionalID)
    request.set("edition", edition)
  }
}

/// `callout article list`
struct ArticleListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists articles, newest first.",
    discussion: "A portal is shown published articles only. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "article.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("kind"), help: ArgumentHelp("Information, procedure, change-log or resolution; empty: every kind.", valueName: "text"))
  var kind: String?
  @Option(name: .customLong("state"), help: ArgumentHelp("Draft, published or retired; empty: every state.", valueName: "text"))
  var state: String?
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Only those that resolved this ticket; empty: all.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("kind", kind)
    try request.set("state", state)
    try request.set("ticket_id", ticket)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout article history`
struct ArticleHistoryCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Lists every edition of an article, newest first.",
    discussion: "Callers: desk, sales, auditor, admin, operator.")
  static let operation = "article.history"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("article"), help: ArgumentHelp("Which article.", valueName: "id"))
  var article: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?
  @Argument(help: ArgumentHelp("The same as --article.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("article_id", article ?? positionalID)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout article search`
struct ArticleSearchCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Finds published articles, the best match first.",
    discussion: "Words are found in all their forms where the article's language has them; \"in quotes\" they must follow each other, `or` lets one of two suffice, and a - before a word excludes it. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "article.search"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("query"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var query: String?
  @Option(name: .customLong("language"), help: ArgumentHelp("Only articles in this language; empty: every language, each by its own rules.", valueName: "text"))
  var language: String?
  @Option(name: .customLong("kind"), help: ArgumentHelp("Information, procedure, change-log or resolution; empty: every kind.", valueName: "text"))
  var kind: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("query", query)
    try request.set("language", language)
    try request.set("kind", kind)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout article link`
struct ArticleLinkCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Says that an article resolved a ticket: ticket.get shows it from then on.",
    discussion: "Doing so again changes nothing. Refuses an article that is no published resolution, a ticket that is neither resolved nor closed (503), and a ticket's 21st (509). Callers: desk, admin.")
  static let operation = "article.link"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("article"), help: ArgumentHelp("A published resolution.", valueName: "id"))
  var article: String?
  @Option(name: .customLong("ticket"), help: ArgumentHelp("A ticket that is resolved or closed.", valueName: "id|number"))
  var ticket: String?
  @Argument(help: ArgumentHelp("The same as --article.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("article_id", article ?? positionalID)
    try request.set("ticket_id", ticket)
  }
}
