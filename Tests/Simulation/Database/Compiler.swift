@testable import Postgres

/// What an expression or a plan looks at while it runs.
final class Frame {
  let transaction: Transaction
  let database: MemoryDatabase
  let parameters: [Datum]
  /// The present row of each source, by the source's number in the statement.
  var slots: [[Datum]]
  /// The stored row behind it, where the source is a table.
  var stored: [StoredRow?]
  /// The values of the aggregates of the select that is being finished.
  var aggregates: [Datum] = []

  init(_ transaction: Transaction, _ database: MemoryDatabase, _ parameters: [Datum], slotCount: Int) {
    self.transaction = transaction
    self.database = database
    self.parameters = parameters
    slots = Array(repeating: [], count: slotCount)
    stored = Array(repeating: nil, count: slotCount)
  }
}

typealias Evaluate = (Frame) throws -> Datum

/// An expression, ready to run.
struct Compiled {
  var type: PostgresType
  /// The sources that it looks at.
  var slots: Set<Int> = []
  let evaluate: Evaluate
}

/// A source that an expression can name.
struct ScopeEntry {
  let alias: String
  let columns: [(name: String, type: PostgresType)]
  let slot: Int
}

/// Makes expressions and selects runnable; one for each statement.
final class Compiler {
  let database: MemoryDatabase
  let types: [PostgresType]
  private(set) var slotCount = 0
  /// Aggregates of the select whose items are being compiled; nil where none may stand.
  private var aggregates: [(name: String, argument: Compiled?)]?

  init(_ database: MemoryDatabase, types: [PostgresType]) {
    self.database = database
    self.types = types
  }

  func makeSlot() -> Int {
    defer { slotCount += 1 }
    return slotCount
  }

  /// Compiles the items of a select with its aggregates.
  func collectingAggregates<Value>(
    _ body: () throws -> Value
  ) rethrows -> (Value, [(name: String, argument: Compiled?)]) {
    let outer = aggregates
    aggregates = []
    defer { aggregates = outer }
    let value = try body()
    return (value, aggregates ?? [])
  }

  // MARK: Expressions

  func compile(_ expression: Expression, _ scope: [ScopeEntry]) throws -> Compiled {
    switch expression {
    case .column(let table, let name): return try column(table, name, scope)
    case .all: throw NotUnderstood("* as a value")
    case .parameter(let number):
      guard types.indices.contains(number - 1) else { throw NotUnderstood("$\(number)") }
      return Compiled(type: types[number - 1]) { $0.parameters[number - 1] }
    case .literal(let value, let type): return Compiled(type: type) { _ in value }
    case .not(let inner):
      let inner = try compile(inner, scope)
      return Compiled(type: .bool, slots: inner.slots) { frame in
        if case .bool(let value) = try inner.evaluate(frame) { .bool(!value) } else { .null }
      }
    case .binary(let symbol, let left, let right): return try binary(symbol, left, right, scope)
    case .isNull(let inner):
      let inner = try compile(inner, scope)
      return Compiled(type: .bool, slots: inner.slots) { .bool(try inner.evaluate($0).isNull) }
    case .among(let value, let options):
      let (value, options) = (try compile(value, scope), try options.map { try compile($0, scope) })
      return Compiled(type: .bool, slots: options.reduce(value.slots) { $0.union($1.slots) }) { frame in
        let value = try value.evaluate(frame)
        return try Self.membership(of: value, in: options.map { try $0.evaluate(frame) })
      }
    case .amongRows(let value, let select):
      let (value, plan) = (try compile(value, scope), try SelectPlan(select, scope, self))
      return Compiled(type: .bool, slots: value.slots.union(plan.outerSlots)) { frame in
        let value = try value.evaluate(frame)
        return try Self.membership(of: value, in: plan.run(frame).map { $0[0] })
      }
    case .any(let value, let array):
      let (value, array) = (try compile(value, scope), try compile(array, scope))
      return Compiled(type: .bool, slots: value.slots.union(array.slots)) { frame in
        guard case .array(let elements) = try array.evaluate(frame) else { return .null }
        return try Self.membership(of: try value.evaluate(frame), in: elements)
      }
    case .between(let value, let low, let high):
      return try compile(.binary("and", .binary(">=", value, low), .binary("<=", value, high)), scope)
    case .choice(let value, let options, let otherwise): return try choice(value, options, otherwise, scope)
    case .cast(let inner, let type): return try cast(try compile(inner, scope), to: type)
    case .call(let name, let arguments): return try call(name, arguments, scope)
    case .subquery(let select):
      let plan = try SelectPlan(select, scope, self)
      guard plan.columns.count == 1 else { throw NotUnderstood("a subquery of \(plan.columns.count) columns") }
      return Compiled(type: plan.columns[0].type, slots: plan.outerSlots) { try plan.run($0).first?[0] ?? .null }
    case .row(let elements):
      let elements = try elements.map { try compile($0, scope) }
      return Compiled(type: .unknown, slots: elements.reduce([]) { $0.union($1.slots) }) { frame in
        .row(try elements.map { try $0.evaluate(frame) })
      }
    }
  }

  private func column(_ table: String?, _ name: String, _ scope: [ScopeEntry]) throws -> Compiled {
    // The innermost source comes last.
    for entry in scope.reversed() where table == nil || table == entry.alias {
      guard let place = entry.columns.firstIndex(where: { $0.name == name }) else { continue }
      let slot = entry.slot
      return Compiled(type: entry.columns[place].type, slots: [slot]) { $0.slots[slot][place] }
    }
    throw NotUnderstood("the column \(table.map { $0 + "." } ?? "")\(name)")
  }

  private func choice(
    _ value: Expression, _ options: [Expression.Option], _ otherwise: Expression?, _ scope: [ScopeEntry]
  ) throws -> Compiled {
    let value = try compile(value, scope)
    let options = try options.map { (when: try compile($0.when, scope), then: try compile($0.then, scope)) }
    let otherwise = try otherwise.map { try compile($0, scope) }
    var slots = value.slots.union(otherwise?.slots ?? [])
    for option in options { slots.formUnion(option.when.slots.union(option.then.slots)) }
    return Compiled(type: options[0].then.type, slots: slots) { frame in
      let found = try value.evaluate(frame)
      for option in options where try Datum.order(found, option.when.evaluate(frame)) == 0 {
        return try option.then.evaluate(frame)
      }
      return try otherwise?.evaluate(frame) ?? .null
    }
  }

  private static func membership(of value: Datum, in options: [Datum]) throws -> Datum {
    var isUnknown = false
    for option in options {
      guard let order = try Datum.order(value, option) else {
        isUnknown = true
        continue
      }
      if order == 0 { return .bool(true) }
    }
    return isUnknown ? .null : .bool(false)
  }

  private func binary(
    _ symbol: String, _ left: Expression, _ right: Expression, _ scope: [ScopeEntry]
  ) throws -> Compiled {
    let (left, right) = (try compile(left, scope), try compile(right, scope))
    let slots = left.slots.union(right.slots)
    switch symbol {
    case "and":
      return Compiled(type: .bool, slots: slots) { frame in
        let first = try left.evaluate(frame)
        if first == .bool(false) { return first }
        let second = try right.evaluate(frame)
        return second == .bool(false) ? second : first.isNull ? first : second
      }
    case "or":
      return Compiled(type: .bool, slots: slots) { frame in
        let first = try left.evaluate(frame)
        if first.isTrue { return first }
        let second = try right.evaluate(frame)
        return second.isTrue ? second : first.isNull ? first : second
      }
    case "+", "-":
      let sign: Int64 = symbol == "+" ? 1 : -1
      return Compiled(type: left.type == .int4 ? right.type : left.type, slots: slots) { frame in
        switch (try left.evaluate(frame), try right.evaluate(frame)) {
        case (.int(let a), .int(let b)): return .int(try Self.sum(a, b, sign))
        case (.time(let a), .time(let b)): return .time(try Self.sum(a, b, sign))
        case (.null, _), (_, .null): return .null
        case (let a, let b): throw NotUnderstood("\(a) \(symbol) \(b)")
        }
      }
    case "~":
      return Compiled(type: .bool, slots: slots) { frame in
        guard case .text(let text) = try left.evaluate(frame), case .text(let pattern) = try right.evaluate(frame)
        else { return .null }
        return .bool(try Regex(pattern).firstMatch(in: text) != nil)
      }
    default:
      let isWanted = try Self.comparison(symbol)
      return Compiled(type: .bool, slots: slots) { frame in
        guard let order = try Datum.order(try left.evaluate(frame), try right.evaluate(frame)) else { return .null }
        return .bool(isWanted(order))
      }
    }
  }

  private static func sum(_ a: Int64, _ b: Int64, _ sign: Int64) throws -> Int64 {
    let (product, tooLarge) = b.multipliedReportingOverflow(by: sign)
    let (sum, overflow) = a.addingReportingOverflow(product)
    if overflow || tooLarge { throw SQLFailure(.init("22003"), "bigint out of range") }
    return sum
  }

  private static func comparison(_ symbol: String) throws -> (Int) -> Bool {
    switch symbol {
    case "=": { $0 == 0 }
    case "<>": { $0 != 0 }
    case "<": { $0 < 0 }
    case "<=": { $0 <= 0 }
    case ">": { $0 > 0 }
    case ">=": { $0 >= 0 }
    default: throw NotUnderstood(symbol)
    }
  }

  /// A value of another type.
  func cast(_ value: Compiled, to type: PostgresType) throws -> Compiled {
    if value.type == type { return value }
    return Compiled(type: type, slots: value.slots) { try Self.convert(try value.evaluate($0), to: type) }
  }

  private static func convert(_ value: Datum, to type: PostgresType) throws -> Datum {
    switch value {
    case .null: return value
    case .int(let number) where type == .text: return .text("\(number)")
    case .int where type.isInteger: return value
    case .text(let text) where type.isInteger:
      guard let number = Int64(text) else { throw SQLFailure(.init("22P02"), "\(text) is no integer") }
      return .int(number)
    case .text("-infinity") where type == .timestamptz: return .time(.min)
    case .text(let text) where type == .uuidArray: return .array(try identifiers(text))
    case .text where type == .text, .array where type.element != nil, .json where type == .json || type == .jsonb,
      .time, .uuid, .bool:
      return value
    default: throw NotUnderstood("\(value)::\(type)")
    }
  }

  /// `{uuid,…}`.
  static func identifiers(_ text: String) throws -> [Datum] {
    try text.dropFirst().dropLast().split(separator: ",").map { identifier in
      let digits = identifier.filter { $0 != "-" }
      guard let high = UInt64(digits.prefix(16), radix: 16), let low = UInt64(digits.suffix(16), radix: 16) else {
        throw SQLFailure(.init("22P02"), "\(identifier) is no uuid")
      }
      return .uuid(high, low)
    }
  }

  // MARK: Functions

  private func call(_ name: String, _ arguments: [Expression], _ scope: [ScopeEntry]) throws -> Compiled {
    if ["count", "sum", "min", "max"].contains(name) { return try aggregate(name, arguments, scope) }
    let values = try arguments.map { try compile($0, scope) }
    let slots = values.reduce(Set()) { $0.union($1.slots) }
    switch name {
    case "coalesce":
      let type = values.map(\.type).first { $0 != .unknown } ?? .unknown
      return Compiled(type: type, slots: slots) { frame in
        for value in values {
          let found = try value.evaluate(frame)
          if !found.isNull { return found }
        }
        return .null
      }
    case "octet_length":
      return Compiled(type: .int4, slots: slots) { frame in
        switch try values[0].evaluate(frame) {
        case .text(let text): .int(Int64(text.utf8.count))
        case .bytes(let bytes): .int(Int64(bytes.count))
        default: .null
        }
      }
    case "clock_timestamp": return Compiled(type: .timestamptz) { .time($0.database.microseconds()) }
    case "make_interval":
      return Compiled(type: .interval, slots: slots) { frame in
        guard case .int(let seconds) = try values[0].evaluate(frame) else { return .null }
        return .time(seconds * 1_000_000)
      }
    case "pg_current_xact_id": return Compiled(type: .xid8) { .int($0.transaction.numbered()) }
    case "pg_current_snapshot": return Compiled(type: .unknown) { _ in .null }
    case "pg_snapshot_xmin": return Compiled(type: .xid8) { .int($0.database.oldestRunning) }
    case "set_config":
      return Compiled(type: .text) { frame in
        guard case .text(let list) = try values[1].evaluate(frame) else { return .null }
        frame.transaction.tenants = Set(try Self.identifiers(list))
        return .text(list)
      }
    default: throw NotUnderstood("the function \(name)")
    }
  }

  private func aggregate(_ name: String, _ arguments: [Expression], _ scope: [ScopeEntry]) throws -> Compiled {
    guard let number = aggregates?.count else { throw NotUnderstood("\(name) in this place") }
    var argument: Compiled?
    if case .all? = arguments.first {} else { argument = try compile(arguments[0], scope) }
    aggregates?.append((name, argument))
    let type: PostgresType = name == "count" || name == "sum" ? .int8 : argument?.type ?? .int8
    return Compiled(type: type) { $0.aggregates[number] }
  }
}
