-- What the reports are made of. One script for H2 and PostgreSQL.

-- Whether a commitment that was kept was kept after its due day.
alter table commitment add column late boolean not null default false;

-- Trust is never told without its uncertainty.
alter table trust_standing add column uncertainty_in_them double precision not null default 1;
alter table trust_standing add column uncertainty_in_us double precision not null default 1;

-- All evidence of a relationship once more, as the moments at which a piece begins to count or ceases to, a few bytes for each, in order:
-- what trust over time in many relationships is read from. A row holds those of one year, so that news rewrites little.
create table trust_course (
    relationship_id varchar(64) not null,
    of_year integer not null,
    steps bytea not null,
    primary key (relationship_id, of_year)
);

-- When a relationship was active, in the world's time.
create table activity (
    relationship_id varchar(64) not null,
    position bigint not null,
    took_effect_at timestamp(6) with time zone not null,
    active boolean not null,
    primary key (relationship_id, position)
);

-- Rows that were made before these were are made anew, from the first event on.
-- [jooq ignore start]
delete from stakeholder;
delete from relationship;
delete from entry;
delete from commitment;
delete from disclosure;
delete from objective;
delete from indicator;
delete from measurement;
delete from history;
delete from evidence;
delete from declared_level;
delete from trust_standing;
delete from projection_token;
-- [jooq ignore stop]
