import Glibc
import Postgres
import Testing

@Suite("How connections are configured")
struct ConfigurationTests {
  @Test("the session has the settings that batches rely on, and the connection string's own options")
  func settings() throws {
    var configuration = try TestServer.configuration("options='-c work_mem=5MB -c callout.own=a\\\\ b'")
    configuration.statementTimeout = .milliseconds(61_500)
    configuration.settings["callout.note"] = #"a b\c"#
    let row = try Connection(configuration).run(
      """
      SELECT current_setting('plan_cache_mode'), current_setting('work_mem'), current_setting('statement_timeout'),
        current_setting('idle_in_transaction_session_timeout'), current_setting('application_name'),
        current_setting('callout.note'), current_setting('callout.tenants'), current_setting('callout.own')
      """
    ).only()
    let values = try (0..<8).map { try row.text($0) }
    #expect(
      values == ["force_generic_plan", "5MB", "61500ms", "1min", "callout-tests", #"a b\c"#, "{}", "a b"])
  }

  @Test("a malformed connection string is misuse and not quoted")
  func malformed() {
    let configuration = ConnectionConfiguration("password=secret nonsense")
    #expect {
      try configuration.validate()
    } throws: { error in
      guard case .misuse(let text) = error as? PostgresError else { return false }
      return !text.contains("secret")
    }
  }

  @Test("a password file that is absent, empty or too long makes the database unavailable, and a good one is read")
  func passwordFile() throws {
    let path = "/tmp/callout-password-\(getpid())"
    defer { unlink(path) }
    var configuration = try TestServer.configuration()
    // A server that trusts its socket takes any word; one that asks for a password takes its own.
    let word = try TestServer.password() ?? "word"
    configuration.password = .file(path: path)
    #expect(throws: PostgresError.self) { try Connection(configuration) }
    let limit = PostgresLimits.passwordFileBytesMaximum
    for (text, works) in [
      ("", false), ("\n", false), ("\(word)\n", true), (String(repeating: "p", count: limit + 1), false),
    ] {
      let file = try #require(fopen(path, "we"))
      fputs(text, file)
      fclose(file)
      if works {
        #expect(try Connection(configuration).isUsable)
      } else {
        #expect {
          try Connection(configuration)
        } throws: { error in
          if case .unavailable(let text) = error as? PostgresError { text.contains("password file") } else { false }
        }
      }
    }
  }
}
