-- The ledger's own tables. The journal (transfers, entries) and closed statements are only ever inserted: the service's
-- role may not update or delete them.
--
-- Lists are json, not jsonb: nothing looks into them here, and json is kept as it was written without being parsed into a tree.

CREATE DOMAIN wallet_kind AS text CHECK (VALUE IN ('customer', 'sold', 'earned', 'expired', 'invoiced', 'adjusted'));
CREATE DOMAIN hold_state AS text CHECK (VALUE IN ('open', 'captured', 'voided', 'expired'));
CREATE DOMAIN quote_state AS text
  CHECK (VALUE IN ('held', 'needs-acknowledgement', 'acknowledged', 'settled', 'declined', 'expired'));
CREATE DOMAIN transfer_kind AS text
  CHECK (VALUE IN ('grant', 'charge', 'reversal', 'adjustment', 'expiry', 'carry-over', 'overage'));

-- Customers, as intake tells of them.
CREATE TABLE accounts (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  name text NOT NULL,
  assessment json NOT NULL,
  assessment_override text NOT NULL,
  -- Empty: the tenant's.
  language language_tag_or_none NOT NULL,
  PRIMARY KEY (tenant_id, account_id)
);

CREATE TABLE agreements (
  tenant_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  account_id uuid NOT NULL,
  plan_version bytea NOT NULL,
  plan text NOT NULL,
  unit text NOT NULL,
  tier text NOT NULL,
  signed_at timestamptz NOT NULL,
  agreed_at timestamptz NOT NULL,
  ends_at timestamptz,
  ended_at timestamptz,
  purchases json NOT NULL,
  bought json NOT NULL,
  version positive NOT NULL,
  open_period timestamptz NOT NULL,
  opening bigint NOT NULL,
  openings json NOT NULL,
  PRIMARY KEY (tenant_id, agreement_id),
  FOREIGN KEY (tenant_id, plan_version) REFERENCES plans (tenant_id, version)
) WITH (fillfactor = 90);
-- An account has one active agreement.
CREATE UNIQUE INDEX agreements_active ON agreements (tenant_id, account_id) WHERE ended_at IS NULL;
CREATE INDEX agreements_by_account ON agreements (tenant_id, account_id, agreement_id);

-- A customer's wallet in the plan's own unit has its agreement's id. One in a further unit of the plan has an id that is made of
-- both, and says whose it is. The tenant's own, one of each kind in each unit, have ids that are made of kind and unit. Wherever
-- else a row may be in a further unit, NULL stands for the plan's own.
CREATE TABLE wallets (
  tenant_id uuid NOT NULL,
  wallet_id uuid NOT NULL,
  kind wallet_kind NOT NULL,
  balance bigint NOT NULL,
  held not_negative NOT NULL,
  overage_limit not_negative NOT NULL,
  sequence not_negative NOT NULL,
  posted_at timestamptz NOT NULL,
  last_grant bigint NOT NULL,
  is_low_told boolean NOT NULL,
  agreement_id uuid,
  unit text NOT NULL,
  PRIMARY KEY (tenant_id, wallet_id),
  -- Nobody is overdrawn beyond what was acknowledged, and nothing is held twice: the rules' own rule, repeated.
  CONSTRAINT wallets_covered CHECK (kind <> 'customer' OR held <= balance + overage_limit)
) WITH (fillfactor = 70);

CREATE TABLE lots (
  tenant_id uuid NOT NULL,
  lot_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  package text NOT NULL,
  granted positive NOT NULL,
  remaining bigint NOT NULL,
  held not_negative NOT NULL,
  priority integer NOT NULL,
  granted_at timestamptz NOT NULL,
  expires_at timestamptz,
  is_expired boolean NOT NULL,
  -- A list of the transfers by which parts of it lapsed; NULL for none.
  lapsed_by json,
  -- An index on what every charge changes would keep the changed row from staying on its page; this seldom changes.
  is_used_up boolean NOT NULL CHECK (is_used_up = (remaining = 0)),
  unit text,
  PRIMARY KEY (tenant_id, lot_id),
  FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, agreement_id),
  CHECK (held <= remaining AND remaining <= granted)
) WITH (fillfactor = 70);
CREATE INDEX lots_by_agreement ON lots (tenant_id, agreement_id, lot_id);
-- What can still be drawn: all that a charge looks at.
CREATE INDEX lots_left ON lots (tenant_id, agreement_id, lot_id) WHERE NOT is_used_up;

-- What work that is recorded late may still be paid by.
CREATE INDEX lots_lapsed ON lots (tenant_id, agreement_id, lot_id) WHERE lapsed_by IS NOT NULL;

CREATE TABLE holds (
  tenant_id uuid NOT NULL,
  hold_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  ticket_id uuid,
  amount not_negative NOT NULL,
  overage not_negative NOT NULL CHECK (overage <= amount),
  draws json NOT NULL,
  reason text NOT NULL,
  placed_at timestamptz NOT NULL,
  expires_at timestamptz,
  state hold_state NOT NULL,
  captured not_negative NOT NULL,
  unit text,
  PRIMARY KEY (tenant_id, hold_id),
  FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, agreement_id),
  CHECK (captured = 0 OR (state = 'captured' AND captured <= amount))
) WITH (fillfactor = 80);
CREATE INDEX holds_by_agreement ON holds (tenant_id, agreement_id, hold_id);

CREATE TABLE quotes (
  tenant_id uuid NOT NULL,
  quote_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  ticket_id uuid,
  plan_version bytea NOT NULL,
  lines json NOT NULL,
  total not_negative NOT NULL,
  available bigint NOT NULL,
  overage not_negative NOT NULL,
  price_minor bigint,
  price_currency text,
  made_at timestamptz NOT NULL,
  state quote_state NOT NULL,
  hold_id uuid,
  acknowledged_by text NOT NULL,
  acknowledged_at timestamptz,
  unit text,
  consented_blocks integer NOT NULL,
  PRIMARY KEY (tenant_id, quote_id),
  FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, agreement_id)
);
CREATE INDEX quotes_by_agreement ON quotes (tenant_id, agreement_id, quote_id);

-- The journal. A transfer is itself the entry of the customer's wallet, under `sequence`, which counts the transfers of the
-- agreement whatever their unit; the tenant's side is the entry `contra_sequence` of its wallet `contra`, which sums up the
-- transfers of the same unit that were committed together.
CREATE TABLE transfers (
  tenant_id uuid NOT NULL,
  transfer_id uuid NOT NULL,
  kind transfer_kind NOT NULL,
  agreement_id uuid NOT NULL,
  ticket_id uuid,
  hold_id uuid,
  reverses uuid,
  text text NOT NULL,
  lines json NOT NULL,
  draws json NOT NULL,
  overage bigint NOT NULL,
  amount bigint NOT NULL,
  sequence positive NOT NULL,
  balance bigint NOT NULL,
  contra uuid NOT NULL,
  contra_sequence positive NOT NULL,
  at timestamptz NOT NULL,
  effective_at timestamptz NOT NULL,
  plan_version bytea NOT NULL,
  period timestamptz NOT NULL,
  unit text,
  PRIMARY KEY (tenant_id, transfer_id)
);
-- A statement reads its period from here. Periods rise with the numbers: this is the order of the journal.
CREATE UNIQUE INDEX transfers_by_period ON transfers (tenant_id, agreement_id, period, sequence);
CREATE UNIQUE INDEX transfers_reversals ON transfers (tenant_id, reverses) WHERE reverses IS NOT NULL;

CREATE TABLE entries (
  tenant_id uuid NOT NULL,
  wallet_id uuid NOT NULL,
  sequence positive NOT NULL,
  amount bigint NOT NULL,
  balance bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, wallet_id, sequence)
);

-- A transfer is reversed at most once: its id is the key.
CREATE TABLE reversals (
  tenant_id uuid NOT NULL,
  transfer_id uuid NOT NULL,
  reversed_by uuid NOT NULL,
  PRIMARY KEY (tenant_id, transfer_id),
  FOREIGN KEY (tenant_id, transfer_id) REFERENCES transfers (tenant_id, transfer_id),
  FOREIGN KEY (tenant_id, reversed_by) REFERENCES transfers (tenant_id, transfer_id)
);

-- A charge that went from one ticket to another: taken off the first by a reversal, charged to the second from the same lots.
CREATE TABLE charge_moves (
  tenant_id uuid NOT NULL,
  transfer_id uuid NOT NULL,
  reversal_id uuid NOT NULL,
  from_ticket uuid NOT NULL,
  to_ticket uuid NOT NULL,
  amount positive NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, transfer_id),
  FOREIGN KEY (tenant_id, transfer_id) REFERENCES transfers (tenant_id, transfer_id),
  FOREIGN KEY (tenant_id, reversal_id) REFERENCES transfers (tenant_id, transfer_id)
);
CREATE INDEX charge_moves_from ON charge_moves (tenant_id, from_ticket, transfer_id);
CREATE INDEX charge_moves_to ON charge_moves (tenant_id, to_ticket, transfer_id);

CREATE TABLE ticket_charges (
  tenant_id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  stretch place NOT NULL,
  agreement_id uuid NOT NULL,
  plan_version bytea NOT NULL,
  text text NOT NULL,
  hold_id uuid,
  quote_id uuid,
  wanted bigint NOT NULL,
  is_due boolean NOT NULL,
  completed_at timestamptz,
  lines json NOT NULL,
  are_lines_posted boolean NOT NULL,
  due bigint NOT NULL,
  charged bigint NOT NULL,
  reversed bigint NOT NULL,
  unsettled not_negative NOT NULL,
  blocked_by json NOT NULL,
  blocked_text text NOT NULL,
  told bigint NOT NULL,
  transfers json NOT NULL,
  seen bigint NOT NULL,
  awaits uuid,
  moved_to uuid,
  version bigint NOT NULL,
  unit text,
  agreed bigint,
  PRIMARY KEY (tenant_id, ticket_id, stretch),
  FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, agreement_id)
) WITH (fillfactor = 80);
CREATE INDEX ticket_charges_unsettled ON ticket_charges (tenant_id, agreement_id, ticket_id, stretch)
  WHERE unsettled > 0;

CREATE TABLE invoices (
  tenant_id uuid NOT NULL,
  invoice_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  ticket_id uuid,
  transfer_id uuid NOT NULL,
  units not_negative NOT NULL,
  money_minor bigint NOT NULL,
  money_currency text NOT NULL,
  due_at timestamptz NOT NULL,
  issued_at timestamptz,
  PRIMARY KEY (tenant_id, invoice_id),
  FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, agreement_id)
);
CREATE INDEX invoices_by_agreement ON invoices (tenant_id, agreement_id, invoice_id);

-- A closed period; `lots` is a list of {"lot", "package", "unit", "granted", "grantedMs", "expiresMs", "remaining"}: what the
-- next period begins with.
CREATE TABLE statements (
  tenant_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  statement_id uuid NOT NULL,
  to_at timestamptz NOT NULL CHECK (to_at > from_at),
  opening bigint NOT NULL,
  closing bigint NOT NULL,
  account_name text NOT NULL,
  closed_at timestamptz NOT NULL,
  text text NOT NULL,
  digest digest NOT NULL,
  lots json NOT NULL,
  PRIMARY KEY (tenant_id, agreement_id, from_at),
  FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, agreement_id)
);

-- Packages that are bought again by themselves.
CREATE TABLE standing_orders (
  tenant_id uuid NOT NULL,
  order_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  package text NOT NULL,
  quantity positive NOT NULL,
  paid not_negative NOT NULL,
  reference text NOT NULL,
  started_at timestamptz NOT NULL,
  times positive NOT NULL,
  next_at timestamptz,
  ended_at timestamptz,
  end_reason text NOT NULL,
  PRIMARY KEY (tenant_id, order_id),
  FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, agreement_id),
  CHECK ((next_at IS NULL) = (ended_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX standing_orders_by_agreement ON standing_orders (tenant_id, agreement_id, order_id);

GRANT SELECT, INSERT, UPDATE ON accounts TO :service_role;
GRANT SELECT, INSERT, UPDATE ON agreements TO :service_role;
GRANT SELECT, INSERT, UPDATE ON wallets TO :service_role;
GRANT SELECT, INSERT, UPDATE ON lots TO :service_role;
GRANT SELECT, INSERT, UPDATE ON holds TO :service_role;
GRANT SELECT, INSERT, UPDATE ON quotes TO :service_role;
GRANT SELECT, INSERT ON transfers TO :service_role;
GRANT SELECT, INSERT ON entries TO :service_role;
GRANT SELECT, INSERT ON reversals TO :service_role;
GRANT SELECT, INSERT ON charge_moves TO :service_role;
GRANT SELECT, INSERT, UPDATE ON ticket_charges TO :service_role;
GRANT SELECT, INSERT, UPDATE ON invoices TO :service_role;
GRANT SELECT, INSERT ON statements TO :service_role;
GRANT SELECT, INSERT, UPDATE ON standing_orders TO :service_role;
