import IntakeRules
import Policy
import ServiceKit

/// How the database holds intake's rows. `tenant_id` comes first in every table and is the kit's to fill.
enum Tables {
  static let accounts = Table<IntakeState, Account>(
    "accounts", { $1(&$0.accounts) }, key: [Column<AccountID>("account_id") { $0 }], columns: accountsColumns,
    read: readAccount)

  private static let accountsColumns: [Column<Account>] = [
    Column("name", \.name), Column("region", \.region), Column("has_maintenance_plan", \.hasMaintenancePlan),
    Column("assessment") { JSONDocument(encoding: $0.assessment) },
    Column("assessment_override", \.assessmentOverride), Column("agreement_id") { $0.agreement?.id },
    Column("plan_version") { $0.agreement?.planVersion }, Column("agreement_signed_at") { $0.agreement?.signedAt },
    Column("purchased_at") { $0.agreement?.purchasedAt }, Column("tier") { $0.agreement?.tier },
    Column("agreed_at") { $0.agreement?.agreedAt }, Column("agreement_ends_at") { $0.agreement?.endsAt },
    Column("agreement_ended_at") { $0.agreement?.endedAt },
    Column("bought") { JSONDocument(words: $0.agreement?.bought ?? []) },
    Column("unkept") { JSONDocument(words: $0.unkept) }, Column("maintenance_visit_id", \.maintenanceVisitID),
    Column("created_at", fixed: true, \.createdAt), Column("version", \.version),
    Column("language") { $0.language?.tag ?? "" },
  ]

  private static func readAccount(_ row: inout RowReader) throws(RowError) -> Account {
    let id: AccountID = try row.next()
    let name: String = try row.next()
    let region: String = try row.next()
    let hasMaintenancePlan: Bool = try row.next()
    let assessment = try row.next(JSONDocument.self).decoded(as: [String].self)
    let assessmentOverride: String? = try row.next()
    let agreementID: AgreementID? = try row.next()
    let planVersion: PlanVersion? = try row.next()
    let signedAt: Instant? = try row.next()
    let purchasedAt: Instant? = try row.next()
    let tier: String? = try row.next()
    let agreedAt: Instant? = try row.next()
    let endsAt: Instant? = try row.next()
    let endedAt: Instant? = try row.next()
    let bought = try row.next(JSONDocument.self).words()
    let unkept = try row.next(JSONDocument.self).words()
    let maintenanceVisitID: VisitID? = try row.next()
    var account = Account(
      id: id, name: name, region: region, hasMaintenancePlan: hasMaintenancePlan, createdAt: try row.next(),
      version: try row.next())
    account.language = MessageLanguage(try row.next(String.self))
    account.assessment = assessment
    account.assessmentOverride = assessmentOverride
    account.maintenanceVisitID = maintenanceVisitID
    account.unkept = unkept
    if let agreementID, let planVersion, let signedAt {
      account.agreement = AgreementView(
        id: agreementID, planVersion: planVersion, signedAt: signedAt, purchasedAt: purchasedAt,
        tier: tier ?? "", agreedAt: agreedAt, endsAt: endsAt, endedAt: endedAt, bought: bought)
    }
    return account
  }

  static let subsidiaries = Table<IntakeState, Subsidiary>(
    "subsidiaries", { $1(&$0.subsidiaries) }, key: [Column<SubsidiaryID>("subsidiary_id") { $0 }],
    columns: subsidiariesColumns,
    read: readSubsidiary)

  private static let subsidiariesColumns: [Column<Subsidiary>] = [
    Column("account_id", fixed: true, \.accountID), Column("name", fixed: true, \.name),
    Column("region", fixed: true, \.region), Column("added_at", fixed: true, \.addedAt),
  ]

  private static func readSubsidiary(_ row: inout RowReader) throws(RowError) -> Subsidiary {
    Subsidiary(
      id: try row.next(), accountID: try row.next(), name: try row.next(), region: try row.next(),
      addedAt: try row.next())
  }
  static let subsidiariesOfAccount = subsidiaries.group(by: "account_id", of: AccountID.self)

  static let hotlines = Table<IntakeState, Hotline>(
    "hotlines", { $1(&$0.hotlines) }, key: [Column<String>("number") { $0 }], columns: hotlinesColumns,
    read: readHotline)

  private static let hotlinesColumns: [Column<Hotline>] = [Column("account_id", fixed: true, \.accountID)]

  private static func readHotline(_ row: inout RowReader) throws(RowError) -> Hotline {
    Hotline(number: try row.next(), accountID: try row.next())
  }
  static let hotlinesOfAccount = hotlines.group(by: "account_id", of: AccountID.self)

  static let contacts = Table<IntakeState, Contact>(
    "contacts", { $1(&$0.contacts) }, key: [Column<ContactID>("contact_id") { $0 }], columns: contactsColumns,
    read: readContact)

  private static let contactsColumns: [Column<Contact>] = [
    Column("account_id", fixed: true, \.accountID), Column("name", fixed: true, \.name),
    Column("fixed_phone", fixed: true, \.fixedPhone), Column("mobile_phone", fixed: true, \.mobilePhone),
    Column("email", fixed: true, \.email), Column("appointed_at", fixed: true, \.appointedAt),
    Column("ended_at", \.endedAt), Column("replaces", fixed: true, \.replaces),
  ]

  private static func readContact(_ row: inout RowReader) throws(RowError) -> Contact {
    Contact(
      id: try row.next(), accountID: try row.next(), name: try row.next(), fixedPhone: try row.next(),
      mobilePhone: try row.next(), email: try row.next(), appointedAt: try row.next(), endedAt: try row.next(),
      replaces: try row.next())
  }
  static let contactsOfAccount = contacts.group(by: "account_id", of: AccountID.self)

  static let assets = Table<IntakeState, Asset>(
    "assets", { $1(&$0.assets) }, key: [Column<AssetID>("asset_id") { $0 }], columns: assetsColumns,
    read: readAsset)

  private static let assetsColumns: [Column<Asset>] = [
    Column("account_id", fixed: true, \.accountID), Column("name", fixed: true, \.name),
    Column("category", fixed: true, \.category), Column("platform", fixed: true, \.platform),
    Column("is_private", fixed: true, \.isPrivate), Column("consent_document", \.consentDocument),
    Column("consent_withdrawn_at", \.consentWithdrawnAt), Column("is_inventoried", \.isInventoried),
    Column("registered_at", fixed: true, \.registeredAt), Column("retired_at", \.retiredAt),
  ]

  private static func readAsset(_ row: inout RowReader) throws(RowError) -> Asset {
    Asset(
      id: try row.next(), accountID: try row.next(), name: try row.next(), category: try row.next(),
      platform: try row.next(), isPrivate: try row.next(), consentDocument: try row.next(),
      consentWithdrawnAt: try row.next(), isInventoried: try row.next(), registeredAt: try row.next(),
      retiredAt: try row.next())
  }
}
