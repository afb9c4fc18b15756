// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// The nouns of the schema, in the schema's order.
let generatedNouns: [any ParsableCommand.Type] = [
  TenantCommands.self,
  PlanCommands.self,
  ClockCommands.self,
  PendingCommands.self,
  ServiceCommands.self,
  ChangesCommands.self,
  AccountCommands.self,
  SubsidiaryCommands.self,
  AssessmentCommands.self,
  ContactCommands.self,
  AssetCommands.self,
  TicketCommands.self,
  MessageCommands.self,
  WorkCommands.self,
  ConsentCommands.self,
  PartCommands.self,
  VisitCommands.self,
  AttemptCommands.self,
  AgreementCommands.self,
  PackageCommands.self,
  QuoteCommands.self,
  HoldCommands.self,
  ChargeCommands.self,
  AdjustmentCommands.self,
  BalanceCommands.self,
  LotCommands.self,
  JournalCommands.self,
  TransferCommands.self,
  StatementCommands.self,
  InvoiceCommands.self,
  TicketchargeCommands.self,
  PersonCommands.self,
  RotaCommands.self,
  OverrideCommands.self,
  SlaclockCommands.self,
  EscalationCommands.self,
  DeliveryCommands.self,
]
