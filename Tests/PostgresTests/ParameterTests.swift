import Postgres
import Testing

@Suite("Parameters in the binary format")
struct ParameterTests {
  @Test("integers are big-endian, as wide as their type")
  func integers() {
    #expect(Parameter.int16(-2).bytes == [0xff, 0xfe])
    #expect(Parameter.int32(0x0102_0304).bytes == [1, 2, 3, 4])
    #expect(Parameter.int64(.min).bytes == [0x80, 0, 0, 0, 0, 0, 0, 0])
    #expect(Parameter.int64(nil).bytes == nil)
    #expect(Parameter.int64(nil).type == .int8)
  }

  @Test("an instant counts microseconds from 2000")
  func instants() {
    #expect(Parameter.timestamp(milliseconds: 946_684_800_000).bytes == [UInt8](repeating: 0, count: 8))
    #expect(Parameter.timestamp(milliseconds: 946_684_800_001).bytes == [0, 0, 0, 0, 0, 0, 0x03, 0xe8])
    #expect(
      Parameter.timestamp(milliseconds: 946_684_799_999).bytes?.prefix(6) == [0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
  }

  @Test("a day counts from 2000")
  func days() {
    #expect(Parameter.date(days: 10_957).bytes == [0, 0, 0, 0])
    #expect(Parameter.date(days: 0).bytes == [0xff, 0xff, 0xd5, 0x33])
  }

  @Test("jsonb begins with its version")
  func json() {
    #expect(Parameter.jsonb("{}").bytes == [1, 0x7b, 0x7d])
  }

  @Test("an array has a header, and each element its length")
  func array() {
    let header: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 21, 0, 0, 0, 2, 0, 0, 0, 1]
    #expect(Parameter.int16s([1, 2]).bytes == header + [0, 0, 0, 2, 0, 1, 0, 0, 0, 2, 0, 2])
    #expect(Parameter.int16s([1, 2]).type == .int2Array)
  }

  @Test("a NULL element sets the flag and takes no bytes")
  func arrayWithNull() {
    let header: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 3, 0, 0, 0, 1]
    let elements: [UInt8] = [0, 0, 0, 1, 0x61, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]
    #expect(Parameter.texts(["a", nil, ""]).bytes == header + elements)
  }

  @Test("an empty array has no dimension")
  func emptyArray() {
    #expect(Parameter.uuids([PostgresUUID]()).bytes == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b, 0x86])
  }

  @Test("a UUID is its 16 bytes and sorts by them")
  func uuid() throws {
    let bytes = [UInt8](0x01...0x10)
    let uuid = try #require(PostgresUUID(bytes: bytes))
    #expect(Parameter.uuid(uuid).bytes == bytes)
    #expect(uuid.text == "01020304-0506-0708-090a-0b0c0d0e0f10")
    #expect(PostgresUUID(bytes: bytes.dropLast()) == nil)
    #expect(PostgresUUID(high: 1, low: .max) < PostgresUUID(high: 2, low: 0))
  }

  @Test("a statement that serves tenants carries them as an array's text")
  func tenants() {
    let statement = Statement.serving(tenants: [PostgresUUID(high: 0, low: 1), PostgresUUID(high: 0, low: 2)])
    let text = "{00000000-0000-0000-0000-000000000001,00000000-0000-0000-0000-000000000002}"
    #expect(statement.parameters[0].bytes == Array(text.utf8))
  }
}
