-- What every service has: tenants, plans, saved replies, timers, numbers, the outbox and the feed of changes.
--
-- Rules of every table, checked by a test over the catalogue: tenant_id is NOT NULL and first in every key and index;
-- row-level security is forced, so that a transaction reaches only the tenants that it names; the service's role owns
-- nothing. `:service_role` is replaced by that role's quoted name.

-- What a single column may hold is a domain, and a CHECK of a table says what columns mean together: PostgreSQL reads a domain's
-- check once a session, but those of a table anew for every statement that writes to it.
CREATE DOMAIN not_negative AS bigint CHECK (VALUE >= 0);
CREATE DOMAIN positive AS bigint CHECK (VALUE >= 1);
CREATE DOMAIN place AS integer CHECK (VALUE >= 0);
CREATE DOMAIN digest AS bytea CHECK (octet_length(VALUE) = 32);
CREATE DOMAIN idempotency_key AS bytea CHECK (octet_length(VALUE) BETWEEN 8 AND 64);
CREATE DOMAIN reply_kind AS smallint CHECK (VALUE BETWEEN 0 AND 2);
CREATE DOMAIN tenant_clock AS text CHECK (VALUE IN ('live', 'test'));
CREATE DOMAIN short_text AS text CHECK (octet_length(VALUE) BETWEEN 1 AND 200);
CREATE DOMAIN language_tag AS text CHECK (octet_length(VALUE) BETWEEN 2 AND 35);
CREATE DOMAIN language_tag_or_none AS text CHECK (octet_length(VALUE) <= 35);
CREATE DOMAIN plan_document AS bytea CHECK (octet_length(VALUE) <= 262144);

CREATE TABLE tenants (
  tenant_id uuid PRIMARY KEY,
  name short_text NOT NULL,
  clock tenant_clock NOT NULL,
  instant timestamptz,
  created_at timestamptz NOT NULL,
  language language_tag NOT NULL DEFAULT 'en',
  -- Counts changes of what a tenant can change.
  version positive NOT NULL,
  -- Counts the transactions that wrote for the tenant. Each locks this row first, and what it has read stays true for its
  -- process until another process has counted.
  writes bigint NOT NULL DEFAULT 0,
  CHECK ((clock = 'test') = (instant IS NOT NULL))
) WITH (fillfactor = 50);

CREATE TABLE plans (
  tenant_id uuid NOT NULL REFERENCES tenants,
  version digest NOT NULL,
  plan text NOT NULL,
  title text NOT NULL,
  document plan_document NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, version)
);
CREATE INDEX plans_by_time ON plans (tenant_id, published_at, version);

-- What was answered under each idempotency key: kind 0 is a reply, 1 a refusal, 2 a trace from which the reply is made
-- again.
CREATE TABLE replies (
  tenant_id uuid NOT NULL,
  key idempotency_key NOT NULL,
  request_hash digest NOT NULL,
  kind reply_kind NOT NULL,
  payload bytea NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
);

CREATE TABLE timers (
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, subject_id, kind)
);
-- In the order in which they fire, so that a look reads no more than it takes.
CREATE INDEX timers_due ON timers (tenant_id, due_at, subject_id, kind);

-- The next number of each sequence of a tenant.
CREATE TABLE counters (
  tenant_id uuid NOT NULL,
  sequence text NOT NULL,
  next positive NOT NULL,
  PRIMARY KEY (tenant_id, sequence)
) WITH (fillfactor = 50);

CREATE TABLE outbox (
  tenant_id uuid NOT NULL,
  event_id uuid NOT NULL,
  destination text NOT NULL,
  subject_kind text NOT NULL,
  subject_id uuid NOT NULL,
  version bigint NOT NULL,
  payload bytea NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, event_id)
);

-- Events that a peer refused for good: an operator should look.
CREATE TABLE dead_events (
  tenant_id uuid NOT NULL,
  event_id uuid NOT NULL,
  destination text NOT NULL,
  subject_kind text NOT NULL,
  subject_id uuid NOT NULL,
  version bigint NOT NULL,
  payload bytea NOT NULL,
  created_at timestamptz NOT NULL,
  refused_at timestamptz NOT NULL,
  refusal integer NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (tenant_id, event_id)
);

-- The newest version of each subject that a peer has told of.
CREATE TABLE event_versions (
  tenant_id uuid NOT NULL,
  source text NOT NULL,
  subject_kind text NOT NULL,
  subject_id uuid NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (tenant_id, source, subject_kind, subject_id)
) WITH (fillfactor = 70);

-- What watchers see, in an order that never skips: (transaction, place in the transaction). A row holds several changes of
-- a transaction, so that a busy tenant costs a row a commit; `last` is the place of the last of them, from 0.
CREATE TABLE changes (
  tenant_id uuid NOT NULL,
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  last place NOT NULL,
  at timestamptz NOT NULL,
  items bytea NOT NULL,
  PRIMARY KEY (tenant_id, transaction_id, last)
);

GRANT SELECT, INSERT, UPDATE ON tenants TO :service_role;
GRANT SELECT, INSERT ON plans TO :service_role;
GRANT SELECT, INSERT, DELETE ON replies TO :service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON timers TO :service_role;
GRANT SELECT, INSERT, UPDATE ON counters TO :service_role;
GRANT SELECT, INSERT, DELETE ON outbox TO :service_role;
GRANT SELECT, INSERT, DELETE ON dead_events TO :service_role;
GRANT SELECT, INSERT, UPDATE ON event_versions TO :service_role;
GRANT SELECT, INSERT, DELETE ON changes TO :service_role;

-- Every tenant may be listed. Every other table gets the usual policy when the migrations are done.
CREATE POLICY listed ON tenants FOR SELECT USING (true);
CREATE POLICY created ON tenants FOR INSERT
  WITH CHECK (tenant_id IN (SELECT unnest(current_setting('callout.tenants', true)::uuid[])));
CREATE POLICY changed ON tenants FOR UPDATE
  USING (tenant_id IN (SELECT unnest(current_setting('callout.tenants', true)::uuid[])));
