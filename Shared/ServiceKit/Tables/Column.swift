public import Policy
import Postgres

/// One column of a table: its name, its type, and how to get its value.
///
/// `Source` is a row for an ordinary column and a key for a column of the key. The property's type decides the column's
/// type; an `enum` with text behind it is a `text` column, an optional may be NULL.
public struct Column<Source>: Sendable {
  /// The column's name in SQL.
  public let name: String
  let type: SQLType
  let isFixed: Bool
  /// Appends the column's cell of each of the rows. All rows in one call: the loop over them is then compiled for the
  /// types of this column.
  let append: @Sendable (_ rows: [Source], _ cells: inout ArrayParameter) -> Void

  private init<Value: SQLValue>(_ name: String, isFixed: Bool, cell: @escaping @Sendable (Source) -> Value) {
    self.name = name
    self.type = Value.sqlType
    self.isFixed = isFixed
    self.append = { rows, cells in
      for row in rows { cells.append(cell(row)) }
    }
  }

  /// A column that holds `value`; a `fixed` one never changes after the row was inserted, and no update mentions it.
  public init<Value: SQLValue>(
    _ name: String, fixed: Bool = false, _ value: @escaping @Sendable (Source) -> Value
  ) {
    self.init(name, isFixed: fixed, cell: value)
  }

  /// A column that holds the raw value of `value`.
  public init<Value: RawRepresentable & Sendable>(
    _ name: String, fixed: Bool = false, _ value: @escaping @Sendable (Source) -> Value
  ) where Value.RawValue: SQLValue {
    self.init(name, isFixed: fixed) { value($0).rawValue }
  }

  /// A column that holds the raw value of `value`, or NULL.
  public init<Value: RawRepresentable & Sendable>(
    _ name: String, fixed: Bool = false, _ value: @escaping @Sendable (Source) -> Value?
  ) where Value.RawValue: SQLValue {
    self.init(name, isFixed: fixed) { value($0)?.rawValue }
  }
}

/// Reads the cells of one row, in the order in which the table (or the query) names them. Each `next` takes one cell, and
/// the wanted type decides how it is read.
public struct RowReader {
  /// The tenant whose row it is.
  public let tenant: TenantID
  private let row: Postgres.Row
  private var column: Int

  init(tenant: TenantID, row: Postgres.Row, firstColumn: Int) {
    self.tenant = tenant
    self.row = row
    self.column = firstColumn
  }

  /// The next cell.
  public mutating func next<Value: SQLValue>(_: Value.Type = Value.self) throws(RowError) -> Value {
    let column = self.column
    self.column += 1
    guard column < row.columnCount else { throw .missing(column: column) }
    do {
      return try row.withBytes(column) { cell throws(RowError) in try Value(cell: cell) }
    } catch {
      throw error.at(column: column)
    }
  }

  /// The next cell, as the raw value of an enum or a wrapper.
  public mutating func next<Value: RawRepresentable & Sendable>(
    _: Value.Type = Value.self
  ) throws(RowError) -> Value where Value.RawValue: SQLValue {
    let column = self.column
    guard let value = Value(rawValue: try next(Value.RawValue.self)) else {
      throw .malformed(column: column, type: "\(Value.self)")
    }
    return value
  }

  /// The next cell, as the raw value of an enum or a wrapper, or nil for NULL.
  public mutating func next<Value: RawRepresentable & Sendable>(
    _: Value?.Type = Value?.self
  ) throws(RowError) -> Value? where Value.RawValue: SQLValue {
    let column = self.column
    guard let raw = try next(Value.RawValue?.self) else { return nil }
    guard let value = Value(rawValue: raw) else { throw .malformed(column: column, type: "\(Value.self)") }
    return value
  }
}
