-- The databases and roles of Rapport on PostgreSQL, once, as a superuser: psql -f roles.sql postgres
-- Then give the roles that sign in a password each: \password rapport_owner, and so on. What each may do with the tables of the event database is
-- granted by the migration: command-side/src/main/resources/db/rights/postgresql.

-- makes and changes the tables of the event database; nobody works as this role
create role rapport_owner login;
-- the command side: adds events, and changes or removes none
create role rapport_commands login;
-- the query side: reads events; the read models are its own
create role rapport_queries login;
-- the seal of the log, kept beside it
create role rapport_seal login;
-- who read what in the audit area
create role rapport_audit login;

-- a transaction that hangs holds up all readers of the log
alter role rapport_commands set idle_in_transaction_session_timeout = '60s';
alter role rapport_commands set statement_timeout = '60s';

create database rapport_events owner rapport_owner;
create database rapport_read owner rapport_queries;
create database rapport_audit owner rapport_audit;

revoke connect on database rapport_events from public;
revoke connect on database rapport_read from public;
revoke connect on database rapport_audit from public;
grant connect on database rapport_events to rapport_commands, rapport_queries, rapport_seal;
