import Foundation

/// One charge a transaction: a script for pgbench whose one statement writes what the ledger writes for a charge.
///
/// It works on the database of ``DirectCharges``. Nothing is checked, decided or answered there either.
struct ChargeScript {
  private let connection: PeerConnection
  private let population: Population
  private static let units = 10
  private static let id =
    "(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid"

  /// Writes the script's file.
  static func write(
    _ installation: Installation, _ population: Population, _ counts: RowsOfCharge, to path: String
  ) throws {
    let connection = try PeerConnection(installation.conninfo, database: DirectCharges.database)
    let script = ChargeScript(connection: connection, population: population)
    try script.text(counts).write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func text(_ counts: RowsOfCharge) throws -> String {
    let earned = try connection.run("select wallet_id from wallets where kind = 'earned' limit 1").first?.first ?? nil
    guard let earned else { throw BenchError.postgres("no charge was posted before") }
    let tenant = Population.sql(.tenant, ":tenant::bigint")
    let number = "((:tenant - 1) * \(population.customersOfTenant) + :customer)::bigint"
    let units = Self.units
    var parts = [
      """
      paid as (update wallets set balance = balance - \(units), sequence = sequence + 1, posted_at = now()
        where tenant_id = \(tenant) and wallet_id = \(Population.sql(.agreement, number)) returning *)
      """,
      """
      drawn as (update lots set remaining = remaining - \(units)
        where tenant_id = \(tenant) and lot_id = \(Population.sql(.lot, number)) returning lot_id)
      """,
      """
      earned as (update wallets set balance = balance + \(units), sequence = sequence + 1, posted_at = now()
        where tenant_id = \(tenant) and wallet_id = '\(earned)' returning *)
      """,
      "entry as ("
        + (try insert(
          "entries", where: "wallet_id = '\(earned)'", from: "earned e",
          [
            "tenant_id": "e.tenant_id", "sequence": "e.sequence", "balance": "e.balance", "amount": "\(units)",
          ])) + ")",
    ]
    // A row that sums up what was committed together has one charge here: the smallest is nearest to it.
    let smallest = "pg_column_size(changes.*) = (select min(pg_column_size(m.*)) from changes m)"
    let newest = "created_at = (select max(created_at) from replies)"
    for (table, rows, condition, column, value) in [
      ("changes", counts.changes, smallest, "change_id", Self.id),
      ("replies", counts.replies, newest, "key", "uuid_send(\(Self.id))"),
    ] where rows > 0 {
      parts.append(
        "\(table)_row as ("
          + (try insert(table, where: condition, from: "earned e", ["tenant_id": "e.tenant_id", column: value])) + ")")
    }
    let transfer = try insert(
      "transfers", where: "kind = 'charge'", from: "earned e, paid w",
      [
        "tenant_id": "w.tenant_id", "transfer_id": Self.id, "agreement_id": "w.wallet_id", "sequence": "w.sequence",
        "balance": "w.balance", "contra_sequence": "e.sequence",
      ])
    return """
      \\set tenant random(1, \(population.tenants))
      \\set customer random(1, \(population.customersOfTenant))
      with \(parts.joined(separator: ",\n")) \(transfer);

      """
  }

  /// An insert of a row that is like one that the ledger wrote, which is kept in a table of its own for it.
  private func insert(
    _ table: String, where condition: String, from sources: String, _ cells: [String: String]
  ) throws -> String {
    try connection.run("drop table if exists pattern_\(table)")
    try connection.run("create table pattern_\(table) as select * from \(table) where \(condition) limit 1")
    let names = try connection.run(
      """
      select attname from pg_attribute where attrelid = '\(table)'::regclass and attnum > 0 and not attisdropped
        and not atthasdef order by attnum
      """
    ).compactMap { $0[0] }
    let values = names.map { cells[$0] ?? "p.\($0)" }
    return
      "insert into \(table) (\(names.joined(separator: ", "))) select \(values.joined(separator: ", ")) from pattern_\(table) p, \(sources)"
  }
}
