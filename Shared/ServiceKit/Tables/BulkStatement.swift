import Postgres

/// A statement on rows that come as arrays, one for each column.
///
/// It has two forms. `SELECT unnest($1::uuid[]) AS tenant_id, …` makes any number of rows, as they are read: those of
/// `FROM unnest($1, $2, …)` PostgreSQL puts aside first, array by array. A single row, which is all that a quiet service has to
/// write, is `SELECT $1::uuid AS tenant_id, …` in place of it: starting to unnest some twenty columns costs more than the row.
@usableFromInline
struct BulkStatement: Sendable {
  private let many, one: Statement

  /// A statement on rows of these columns.
  ///
  /// - Parameters:
  ///   - columns: the columns of a row, which are `$1` and on.
  ///   - sql: makes the text of the statement around the `SELECT` that makes the rows. Further parameters follow those of the
  ///     columns.
  init(_ columns: [(name: String, type: SQLType)], _ sql: (_ rows: String) -> String) {
    func select(_ value: (_ number: Int, _ type: String) -> String) -> String {
      let items = columns.enumerated().map { "\(value($0.offset + 1, $0.element.type.name)) AS \($0.element.name)" }
      return "SELECT \(items.joined(separator: ", "))"
    }
    many = Statement(sql: sql(select { "unnest($\($0)::\($1)[])" }))
    one = Statement(sql: sql(select { "$\($0)::\($1)" }))
  }

  /// The statement on these rows: an array for each column, all of one length, which is 1 or more.
  func with(_ columns: [ArrayParameter], _ further: Parameter...) -> Statement {
    columns.first?.count == 1
      ? one.with(columns.map(\.onlyElement) + further) : many.with(columns.map(\.parameter) + further)
  }
}
