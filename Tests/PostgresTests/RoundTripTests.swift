import Postgres
import Testing

@Suite("Values to the server and back")
struct RoundTripTests {
  @Test("scalars keep their extremes")
  func scalars() throws {
    let connection = try TestServer.connect()
    for value in [Int64.min, -1, 0, .max] {
      #expect(try connection.run("SELECT $1", .int64(value))[0].int64(0) == value)
    }
    for value in [Int32.min, .max] {
      #expect(try connection.run("SELECT $1", .int32(value))[0].int32(0) == value)
      #expect(try connection.run("SELECT $1", .int32(value))[0].int64(0) == Int64(value))
    }
    for value in [Int16.min, .max] {
      #expect(try connection.run("SELECT $1", .int16(value))[0].int32(0) == Int32(value))
    }
    for value in [true, false] { #expect(try connection.run("SELECT $1", .bool(value))[0].bool(0) == value) }
    for value in ["", "Größe 東京 🎟️"] { #expect(try connection.run("SELECT $1", .text(value))[0].text(0) == value) }
    for value in [[], [UInt8](0...255)] { #expect(try connection.run("SELECT $1", .bytea(value))[0].bytea(0) == value) }
    let uuid = PostgresUUID(high: .max, low: 1)
    #expect(try connection.run("SELECT $1", .uuid(uuid))[0].uuid(0) == uuid)
    #expect(try connection.run("SELECT $1::text", .uuid(uuid))[0].text(0) == uuid.text)
    #expect(try connection.run("SELECT $1", .jsonb(#"{"a": [1, null]}"#))[0].jsonb(0) == #"{"a": [1, null]}"#)
  }

  @Test("instants and days are the server's")
  func time() throws {
    let connection = try TestServer.connect()
    let row = try connection.run(
      """
      SELECT timestamptz '2026-02-28 23:59:59.999+00', timestamptz '1969-12-31 23:59:59.9999+00', date '1970-01-02',
        extract(epoch FROM $1::timestamptz)::bigint, $2::date::text
      """, .timestamp(milliseconds: 1_772_323_199_000), .date(days: -1)
    ).only()
    #expect(try row.timestamp(0) == 1_772_323_199_999)
    #expect(try row.timestamp(1) == -1, "what is finer than a millisecond is dropped towards the past")
    #expect(try row.date(2) == 1)
    #expect(try row.int64(3) == 1_772_323_199)
    #expect(try row.text(4) == "1969-12-31")
    for value: Int64 in [-210_866_803_200_000, 0, 9_224_318_015_999_999] {
      #expect(try connection.run("SELECT $1", .timestamp(milliseconds: value))[0].timestamp(0) == value)
    }
  }

  @Test("an infinite instant is an error, and an instant beyond the range is misuse")
  func infinity() throws {
    let connection = try TestServer.connect()
    let rows = try connection.run("SELECT 'infinity'::timestamptz, '-infinity'::date")
    #expect(throws: PostgresError.self) { try rows[0].timestamp(0) }
    #expect(throws: PostgresError.self) { try rows[0].date(1) }
    for parameter in [
      Parameter.timestamp(milliseconds: .max), .timestamps(milliseconds: [0, .min]), .date(days: .min),
    ] {
      #expect {
        try connection.run("SELECT $1", parameter)
      } throws: { error in
        if case .misuse = error as? PostgresError { true } else { false }
      }
    }
    #expect(try connection.run("SELECT 1")[0].int32(0) == 1)
  }

  @Test("every type has a NULL")
  func nulls() throws {
    let connection = try TestServer.connect()
    let parameters: [Parameter] = [
      .bool(nil), .int16(nil), .int32(nil), .int64(nil), .text(nil), .bytea(nil), .uuid(nil),
      .timestamp(milliseconds: nil), .date(days: nil), .jsonb(nil), .null(.int8Array),
    ]
    let list = parameters.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    let row = try connection.execute(
      [Statement(unnamed: "SELECT \(list)", parameters)], deadline: TestServer.soon)[0].only()
    #expect(try row.boolOrNil(0) == nil)
    #expect(try row.int16OrNil(1) == nil)
    #expect(try row.int32OrNil(2) == nil)
    #expect(try row.int64OrNil(3) == nil)
    #expect(try row.textOrNil(4) == nil)
    #expect(try row.byteaOrNil(5) == nil)
    #expect(try row.uuidOrNil(6) == nil)
    #expect(try row.timestampOrNil(7) == nil)
    #expect(try row.dateOrNil(8) == nil)
    #expect(try row.jsonbOrNil(9) == nil)
    #expect(try row.isNull(10))
    for column in parameters.indices { #expect(try row.type(column) == parameters[column].type) }
  }

  @Test("arrays of every type keep order and NULLs through unnest")
  func arrays() throws {
    let connection = try TestServer.connect()
    let uuids = [PostgresUUID(high: 1, low: 2), nil, PostgresUUID(high: .max, low: .max)]
    let rows = try connection.run(
      "SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      .bools([true, nil, false]), .int16s([.min, nil, .max]), .int32s([.min, nil, .max]), .int64s([.min, nil, .max]),
      .texts(["", nil, "東京"]), .byteas([[], nil, [0, 255]]), .uuids(uuids),
      .timestamps(milliseconds: [0, nil, -1]), .dates(days: [0, nil, -1]), .jsonbs(["{}", nil, "[1]"]))
    #expect(rows.count == 3)
    #expect(try rows.map { try $0.boolOrNil(0) } == [true, nil, false])
    #expect(try rows.map { try $0.int16OrNil(1) } == [.min, nil, .max])
    #expect(try rows.map { try $0.int32OrNil(2) } == [.min, nil, .max])
    #expect(try rows.map { try $0.int64OrNil(3) } == [.min, nil, .max])
    #expect(try rows.map { try $0.textOrNil(4) } == ["", nil, "東京"])
    #expect(try rows.map { try $0.byteaOrNil(5) } == [[], nil, [0, 255]])
    #expect(try rows.map { try $0.uuidOrNil(6) } == uuids)
    #expect(try rows.map { try $0.timestampOrNil(7) } == [0, nil, -1])
    #expect(try rows.map { try $0.dateOrNil(8) } == [0, nil, -1])
    #expect(try rows.map { try $0.jsonbOrNil(9) } == ["{}", nil, "[1]"])
  }

  @Test("arrays without NULLs, empty and not, come back as arrays")
  func arrayResults() throws {
    let connection = try TestServer.connect()
    let uuids = [PostgresUUID(high: 3, low: 4)]
    let row = try connection.run(
      "SELECT $1, $2, $3, $4, $5, $6, $7", .int64s([1, -1]), .int32s([Int32]()), .uuids(uuids), .texts(["a", ""]),
      .byteas([[1]]), .bools([true]), .array(.textArray, of: .text, [Array("x".utf8)])
    ).only()
    #expect(try row.int64s(0) == [1, -1])
    #expect(try row.int32s(1) == [])
    #expect(try row.uuids(2) == uuids)
    #expect(try row.texts(3) == ["a", ""])
    #expect(try row.byteas(4) == [[1]])
    #expect(try row.texts(6) == ["x"])
  }

  @Test("a getter refuses another type, NULL, a missing column, NULL elements and further dimensions")
  func refusals() throws {
    let connection = try TestServer.connect()
    let row = try connection.run(
      "SELECT 1::bigint AS n, NULL::text, sum(x), ARRAY[1, NULL]::bigint[], '{{1}}'::bigint[] FROM (VALUES (1::bigint)) v(x)"
    ).only()
    func reason(_ body: () throws -> Void) -> String {
      do {
        try body()
        return ""
      } catch {
        guard case .decoding(let failure) = error as? PostgresError else { return "\(error)" }
        return failure.reason
      }
    }
    #expect(reason { _ = try row.text(0) } == "bigint where text is expected")
    #expect(reason { _ = try row.int32(0) } == "bigint where integer is expected")
    #expect(reason { _ = try row.text(1) } == "NULL where a value is expected")
    #expect(reason { _ = try row.int64(2) } == "numeric where bigint is expected")
    #expect(reason { _ = try row.int64s(3) } == "a NULL element where a value is expected")
    #expect(reason { _ = try row.int64s(4) } == "2 dimensions where one is expected")
    #expect(reason { _ = try row.int64(5) } == "there are 5 columns")
    #expect(reason { _ = try row.int64(-1) } == "there are 5 columns")
  }

  @Test("rows outlive their connection, and lend their bytes")
  func lifetime() throws {
    var connection: Connection? = try TestServer.connect()
    let rows = try #require(try connection?.run("SELECT 'kept'::text AS word FROM generate_series(1, 3)"))
    connection = nil
    #expect(rows.column(named: "word") == 0)
    #expect(rows.affectedRows == 3)
    #expect(try rows.map { try $0.text(0) } == ["kept", "kept", "kept"])
    #expect(rows[2].withBytes(0) { $0?.count } == 4)
    #expect(throws: PostgresError.self) { try rows.only() }
  }
}
