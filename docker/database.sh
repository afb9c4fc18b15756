#!/bin/sh
# Run once by PostgreSQL's image on an empty data folder: a database for each service, its owner and its service role.
set -eu
for service in intake ledger notifier; do
  psql -v ON_ERROR_STOP=1 -v database="callout_$service" -v owner="${service}_owner" -v role="${service}_service" \
    -v owner_password="$(cat "/run/secrets/${service}_owner")" -v role_password="$(cat "/run/secrets/${service}_service")" <<'SQL'
create role :"owner" login password :'owner_password';
create role :"role" login password :'role_password';
create database :"database" owner :"owner";
SQL
done
# Row-level security keeps an index from an operator that might tell of rows by failing. The one that compares words does
# not; only a superuser may say so, and without it a search looks at every article of its tenant.
psql -v ON_ERROR_STOP=1 -d callout_intake -c 'alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof'
