#!/bin/sh
# The databases and who may use them, made when PostgreSQL's volume is new.
set -eu

make() {
    psql --username=postgres --set=ON_ERROR_STOP=1 --set=name="$1" --set=password="$2" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke connect on database :"name" from public;
SQL
}

make events "$RAPPORT_EVENTS_PASSWORD"
make read "$RAPPORT_READ_PASSWORD"
make keycloak "$KEYCLOAK_PASSWORD"

# a transaction that hangs holds up all readers of the log
psql --username=postgres --set=ON_ERROR_STOP=1 <<'SQL'
alter role events set idle_in_transaction_session_timeout = '60s';
alter role events set statement_timeout = '60s';
SQL
