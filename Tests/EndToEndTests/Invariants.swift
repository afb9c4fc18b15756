import Foundation
import Testing
import Wire

extension Installation {
  /// Runs the queries of `Tests/Invariants` in every service's database; each row that they return is a failure.
  func expectInvariants(sourceLocation: SourceLocation = #_sourceLocation) throws {
    for (file, services) in [
      ("common", ServiceName.allCases), ("ledger", [.ledger]), ("notifier", [.notifier]),
    ] {
      for service in services {
        let violations = try shell(
          "psql \"$(conninfo \"$(database_of \(service.rawValue))\")\" -qAt -v ON_ERROR_STOP=1 -f Tests/Invariants/\(file).sql"
        )
        #expect(violations.isEmpty, "in the \(service.rawValue)'s database", sourceLocation: sourceLocation)
      }
    }
  }
}
