#!/bin/sh
# The databases and who may use them, made when PostgreSQL's volume is new.
set -eu

psql --username=postgres --set=ON_ERROR_STOP=1 --file=/rapport/roles.sql

password() {
    psql --username=postgres --set=ON_ERROR_STOP=1 --set=name="$1" --set=password="$2" <<'SQL'
alter role :"name" password :'password';
SQL
}

password rapport_owner "$RAPPORT_OWNER_PASSWORD"
password rapport_commands "$RAPPORT_COMMANDS_PASSWORD"
password rapport_queries "$RAPPORT_QUERIES_PASSWORD"
password rapport_seal "$RAPPORT_SEAL_PASSWORD"
password rapport_audit "$RAPPORT_AUDIT_PASSWORD"

psql --username=postgres --set=ON_ERROR_STOP=1 <<'SQL'
create role keycloak login;
create database keycloak owner keycloak;
revoke connect on database keycloak from public;
SQL
password keycloak "$KEYCLOAK_PASSWORD"
