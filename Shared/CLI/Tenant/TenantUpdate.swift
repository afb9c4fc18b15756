import ArgumentParser
import CalloutClient
import Policy
import Wire

/// `callout tenant update`
struct TenantUpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes a tenant's language in all three services.",
    discussion: """
      What was sent or closed before stays as it is. If it fails midway, repeat it: services that have the language already \
      answer as before. Callers: admin, operator.
      """)

  @OptionGroup var common: CommonOptions
  @Option(
    name: .customLong("language"),
    help: "What customers are written to in where their account names no language, such as de-AT.")
  var language: String

  func validate() throws {
    if MessageLanguage(language) == nil { throw ValidationError("--language is a tag such as de or de-AT (BCP 47).") }
  }

  func run() async throws {
    let (options, language) = (common.callOptions(), language)
    let tenant = try await common.withClient { client throws(CalloutError) in
      try await client.updateTenant(language: language, options: options)
    }
    try common.printer().print(
      object: .object([
        .init("id", TenantID(bytes: tenant.id).map { .text($0.description) } ?? .null),
        .init("name", .text(tenant.name)),
        .init("language", .text(tenant.language)),
      ]))
  }
}
