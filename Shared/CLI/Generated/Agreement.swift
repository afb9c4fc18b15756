// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout agreement`
struct AgreementCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement", abstract: "Contracts on a plan.",
    subcommands: [AgreementSignCommand.self, AgreementEndCommand.self, AgreementGetCommand.self, AgreementListCommand.self, AgreementRenewCommand.self])
}

/// `callout agreement sign`
struct AgreementSignCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Signs a customer up to a plan.",
    discussion: "It starts with nothing: package.purchase fills it. Only sales may, and who administers its work: others are refused with the plan's referral (203). Refuses a plan version that the ledger does not have (505), a second active agreement (502), a tier that the plan does not have, and what the clauses for signing up refuse, of this version or of the plan's newest (504). Callers: portal, desk, sales, admin.")
  static let operation = "agreement.sign"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer, without an active agreement.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("plan-version"), help: ArgumentHelp("32 bytes: a version published to the ledger.", valueName: "hex"))
  var planVersion: String?
  @Option(name: .customLong("tier"), help: ArgumentHelp("One of the plan's tiers; empty only where it has none.", valueName: "text"))
  var tier: String?
  @Option(name: .customLong("ends"), help: ArgumentHelp("First instant after the term, later than now; 0: no term.", valueName: "time"))
  var ends: String?
  @Option(name: .customLong("fact"), help: ArgumentHelp("What the plan's clauses for signing up look at, beside role and tier; at most 64.", valueName: "name=value"))
  var fact: [String] = []

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("plan_version", planVersion)
    try request.set("tier", tier)
    try request.set("ends", ends)
    try request.set("facts", fact)
  }
}

/// `callout agreement end`
struct AgreementEndCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Ends an agreement: nothing new is bought, quoted or charged under it.",
    discussion: "What is in its wallet stays on record. Refuses one that has ended (503). Callers: sales, admin.")
  static let operation = "agreement.end"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("An active one.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("Why, 1 to 1,000 bytes.", valueName: "text"))
  var reason: String?
  @Argument(help: ArgumentHelp("The same as --agreement.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement ?? positionalID)
    try request.set("reason", reason)
  }
}

/// `callout agreement get`
struct AgreementGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads an agreement by its id, or the active one of an account.",
    discussion: "Refuses a request that names neither (121) and an account without an active one (501). Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "agreement.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("By id, active or ended.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("account"), help: ArgumentHelp("The account's active agreement.", valueName: "id"))
  var account: String?
  @Argument(help: ArgumentHelp("The same as --agreement.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement ?? positionalID)
    try request.set("account_id", account)
  }
}

/// `callout agreement list`
struct AgreementListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists agreements in the order of their ids.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "agreement.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout agreement renew`
struct AgreementRenewCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew", abstract: "Agrees on a further term, under a version of the same plan.",
    discussion: "What was bought stays, and so does what is in the wallets. Refuses an agreement that has ended (503), a version of another plan, or one that has another zone, currency, unit or statement period (503), and what this version or the plan's newest does not renew, such as after a product's end of life (504). Callers: portal, desk, sales, admin.")
  static let operation = "agreement.renew"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("An active one.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("plan-version"), help: ArgumentHelp("32 bytes: a version published to the ledger.", valueName: "hex"))
  var planVersion: String?
  @Option(name: .customLong("ends"), help: ArgumentHelp("First instant after the new term, later than the present one's; 0: no term.", valueName: "time"))
  var ends: String?
  @Argument(help: ArgumentHelp("The same as --agreement.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement ?? positionalID)
    try request.set("plan_version", planVersion)
    try request.set("ends", ends)
  }
}
