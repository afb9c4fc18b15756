-- What every service has: tenants, plans, saved replies, timers, numbers, the outbox and the feed of changes.
--
-- Rules of every table, checked by a test over the catalogue: tenant_id is NOT NULL and first in every key and index;
-- row-level security is forced, so that a transaction reaches only the tenants that it names; the service's role owns
-- nothing. `:service_role` is replaced by that role's quoted name.

CREATE TABLE tenants (
  tenant_id uuid PRIMARY KEY,
  name text NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 200),
  clock text NOT NULL CHECK (clock IN ('live', 'test')),
  instant timestamptz,
  created_at timestamptz NOT NULL,
  language text NOT NULL DEFAULT 'en' CHECK (octet_length(language) BETWEEN 2 AND 35),
  -- Counts changes of what a tenant can change.
  version bigint NOT NULL CHECK (version >= 1),
  -- Counts the transactions that wrote for the tenant. Each locks this row first, and what it has read stays true for its
  -- process until another process has counted.
  writes bigint NOT NULL DEFAULT 0,
  CHECK ((clock = 'test') = (instant IS NOT NULL))
) WITH (fillfactor = 50);

CREATE TABLE plans (
  tenant_id uuid NOT NULL REFERENCES tenants,
  version bytea NOT NULL CHECK (octet_length(version) = 32),
  plan text NOT NULL,
  title text NOT NULL,
  document bytea NOT NULL CHECK (octet_length(document) <= 262144),
  published_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, version)
);
CREATE INDEX plans_by_time ON plans (tenant_id, published_at, version);

-- What was answered under each idempotency key: kind 0 is a reply, 1 a refusal, 2 a trace from which the reply is made
-- again.
CREATE TABLE replies (
  tenant_id uuid NOT NULL,
  key bytea NOT NULL CHECK (octet_length(key) BETWEEN 8 AND 64),
  request_hash bytea NOT NULL CHECK (octet_length(request_hash) = 32),
  kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 2),
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
  next bigint NOT NULL CHECK (next >= 1),
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
  last integer NOT NULL CHECK (last >= 0),
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
