import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `account.create`
enum AccountCreate: WriteOperation {
  static let method = Method.accountCreate

  static func needs(
    _ request: Callout_V1_AccountCreateRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    for number in request.hotlines.prefix(CreateAccount.hotlineCountMax) {
      if let number = CreateAccount.canonicalHotline(number) { needs.row(Tables.hotlines, number) }
    }
  }

  static func decide(
    _ request: Callout_V1_AccountCreateRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_AccountCreateReply> {
    let request = CreateAccount.Request(
      name: request.name, region: request.region, hasMaintenancePlan: request.maintenancePlan,
      hotlines: request.hotlines, language: request.language)
    return CreateAccount.decide(request, &state, &context).map { view in
      .with { $0.account = Callout_V1_Account(view) }
    }
  }
}

/// `account.update`
enum AccountUpdate: WriteOperation {
  static let method = Method.accountUpdate

  static func needs(
    _ request: Callout_V1_AccountUpdateRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.account(try AccountID(field: "account_id", request.accountID))
  }

  static func decide(
    _ request: Callout_V1_AccountUpdateRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_AccountUpdateReply> {
    Decision { () throws(Refused) in
      let update = UpdateAccount.Request(
        accountID: try AccountID(field: "account_id", request.accountID), name: request.hasName ? request.name : nil,
        region: request.hasRegion ? request.region : nil,
        hasMaintenancePlan: request.hasMaintenancePlan ? request.maintenancePlan : nil,
        language: request.hasLanguage ? request.language : nil)
      let view = try UpdateAccount.decide(update, &state, &context).get()
      return .with { $0.account = Callout_V1_Account(view) }
    }
  }
}

/// `subsidiary.add`
enum SubsidiaryAdd: WriteOperation {
  static let method = Method.subsidiaryAdd

  static func needs(
    _ request: Callout_V1_SubsidiaryAddRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.account(try AccountID(field: "account_id", request.accountID))
  }

  static func decide(
    _ request: Callout_V1_SubsidiaryAddRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_SubsidiaryAddReply> {
    Decision { () throws(Refused) in
      let addition = AddSubsidiary.Request(
        accountID: try AccountID(field: "account_id", request.accountID), name: request.name, region: request.region)
      let reply = try AddSubsidiary.decide(addition, &state, &context).get()
      return .with {
        $0.account = Callout_V1_Account(reply.account)
        $0.subsidiaryID = reply.subsidiaryID.data
      }
    }
  }
}

/// `assessment.record`
enum AssessmentRecord: WriteOperation {
  static let method = Method.assessmentRecord

  static func needs(
    _ request: Callout_V1_AssessmentRecordRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let id = try AccountID(field: "account_id", request.accountID)
    needs.account(id)
    needs.plan(of: id, state)
  }

  static func decide(
    _ request: Callout_V1_AssessmentRecordRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_AssessmentRecordReply> {
    Decision { () throws(Refused) in
      let record = RecordAssessment.Request(
        accountID: try AccountID(field: "account_id", request.accountID), items: request.items,
        overrideReason: request.overrideReason)
      let view = try RecordAssessment.decide(record, &state, &context).get()
      return .with { $0.account = Callout_V1_Account(view) }
    }
  }
}

/// `contact.appoint`
enum ContactAppoint: WriteOperation {
  static let method = Method.contactAppoint

  static func needs(
    _ request: Callout_V1_ContactAppointRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let id = try AccountID(field: "account_id", request.accountID)
    needs.account(id)
    needs.plan(of: id, state)
    if let replaced = try ContactID.optional(field: "replaces", request.replaces) {
      needs.row(Tables.contacts, replaced)
    }
  }

  static func decide(
    _ request: Callout_V1_ContactAppointRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ContactAppointReply> {
    Decision { () throws(Refused) in
      let appointment = AppointContact.Request(
        accountID: try AccountID(field: "account_id", request.accountID), name: request.name,
        fixedPhone: request.fixedPhone, mobilePhone: request.mobilePhone, email: request.email,
        replaces: try ContactID.optional(field: "replaces", request.replaces))
      let contact = try AppointContact.decide(appointment, &state, &context).get()
      return .with { $0.contact = Callout_V1_Contact(contact) }
    }
  }
}

/// `asset.register`
enum AssetRegister: WriteOperation {
  static let method = Method.assetRegister

  static func needs(
    _ request: Callout_V1_AssetRegisterRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.row(Tables.accounts, try AccountID(field: "account_id", request.accountID))
  }

  static func decide(
    _ request: Callout_V1_AssetRegisterRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_AssetRegisterReply> {
    Decision { () throws(Refused) in
      let registration = RegisterAsset.Request(
        accountID: try AccountID(field: "account_id", request.accountID), name: request.name,
        category: request.category, platform: request.platform, isPrivate: request.privateDevice,
        consentDocument: request.consentDocument, isInventoried: request.inventoried)
      let asset = try RegisterAsset.decide(registration, &state, &context).get()
      return .with { $0.asset = Callout_V1_Asset(asset) }
    }
  }
}

/// `asset.update`
enum AssetUpdate: WriteOperation {
  static let method = Method.assetUpdate

  static func needs(
    _ request: Callout_V1_AssetUpdateRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.row(Tables.assets, try AssetID(field: "asset_id", request.assetID))
  }

  static func decide(
    _ request: Callout_V1_AssetUpdateRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_AssetUpdateReply> {
    Decision { () throws(Refused) in
      let update = UpdateAsset.Request(
        assetID: try AssetID(field: "asset_id", request.assetID),
        consentDocument: request.hasConsentDocument ? request.consentDocument : nil,
        withdrawsConsent: request.hasWithdrawConsent ? request.withdrawConsent : nil,
        isInventoried: request.hasInventoried ? request.inventoried : nil,
        retires: request.hasRetire ? request.retire : nil)
      let asset = try UpdateAsset.decide(update, &state, &context).get()
      return .with { $0.asset = Callout_V1_Asset(asset) }
    }
  }
}
