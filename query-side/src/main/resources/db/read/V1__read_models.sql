-- The read models: disposable, rebuilt from the events at any time. One script for H2 and PostgreSQL.
--
-- What a row tells is kept as JSON (state): the very record that folding the events gives. The other columns are taken from it
-- for finding and sorting. Columns to sort by are never null, so that a list is paged by one comparison:
-- a relationship without interactions was last heard of in the year 1000, one without open commitments is next due in 9999.
-- Likewise evidence that never was is of the year 1000, and an objective that is held still is held until 9999.

create table stakeholder (
    id varchar(64) not null primary key,
    version bigint not null,
    position bigint not null,
    registered_position bigint not null,
    kind varchar(32) not null,
    group_key varchar(600) not null,
    name_key bytea not null,
    search_text varchar not null,
    state text not null
);

create index stakeholder_by_registration on stakeholder (registered_position, id);
-- [jooq ignore start]
create index stakeholder_by_name on stakeholder (name_key, id);
-- [jooq ignore stop]
create index stakeholder_by_kind on stakeholder (kind, registered_position);
create index stakeholder_by_group on stakeholder (group_key, registered_position);

create table relationship (
    id varchar(64) not null primary key,
    version bigint not null,
    position bigint not null,
    established_position bigint not null,
    stakeholder_id varchar(64) not null,
    manager_id varchar(255) not null,
    status varchar(16) not null,
    level_rank smallint not null,
    parties_disagree boolean not null,
    last_interaction_at timestamp(6) with time zone not null,
    next_due_on date not null,
    search_text varchar not null,
    state text not null,
    -- When it was last practised, and at which level, by kind of evidence: what has to do with the window that now begins
    -- is left to the query, since evidence ages without any event. The columns are taken from the JSON, to find by.
    practice text not null default '{"exchanged":{},"measured":{},"held":{}}',
    exchanged_added_value_at timestamp(6) with time zone not null default timestamp with time zone '1000-01-01 00:00:00+00:00',
    exchanged_joint_value_at timestamp(6) with time zone not null default timestamp with time zone '1000-01-01 00:00:00+00:00',
    measured_added_value_on date not null default date '1000-01-01',
    measured_joint_value_on date not null default date '1000-01-01',
    held_added_value_until timestamp(6) with time zone not null default timestamp with time zone '1000-01-01 00:00:00+00:00',
    held_joint_value_until timestamp(6) with time zone not null default timestamp with time zone '1000-01-01 00:00:00+00:00'
);

create index relationship_by_establishment on relationship (established_position, id);
create index relationship_by_stakeholder on relationship (stakeholder_id, id);
create index relationship_by_manager on relationship (manager_id, established_position);
create index relationship_by_status on relationship (status, established_position);
create index relationship_by_level on relationship (level_rank, id);
create index relationship_by_last_interaction on relationship (last_interaction_at, id);
create index relationship_by_next_due on relationship (next_due_on, id);

-- Every entry of a relationship, whatever it is, as corrected so far.
create table entry (
    relationship_id varchar(64) not null,
    entry_id varchar(64) not null,
    kind varchar(32) not null,
    position bigint not null,
    occurred_at timestamp(6) with time zone not null,
    retracted boolean not null,
    state text not null,
    primary key (relationship_id, entry_id)
);

create index entry_by_time on entry (relationship_id, kind, retracted, occurred_at);

-- What commitments are found and sorted by; the rest is in their entry. Retracted ones have left.
create table commitment (
    relationship_id varchar(64) not null,
    commitment_id varchar(64) not null,
    position bigint not null,
    made_by varchar(8) not null,
    state varchar(16) not null,
    overdue boolean not null,
    due_on date not null,
    primary key (relationship_id, commitment_id)
);

create index commitment_by_record on commitment (position);
create index commitment_by_due_day on commitment (due_on, position);
create index commitment_by_state on commitment (state, due_on, position);
create index commitment_by_overdue on commitment (overdue, due_on, position);
create index commitment_of_relationship on commitment (relationship_id, state, due_on, position);

-- What disclosures, objectives, indicators and measurements are found and summed up by, likewise.
create table disclosure (
    relationship_id varchar(64) not null,
    disclosure_id varchar(64) not null,
    kind varchar(32) not null,
    occurred_at timestamp(6) with time zone not null,
    primary key (relationship_id, disclosure_id)
);

create table objective (
    relationship_id varchar(64) not null,
    objective_id varchar(64) not null,
    held_by varchar(8) not null,
    held_until timestamp(6) with time zone not null,
    primary key (relationship_id, objective_id)
);

create table indicator (
    relationship_id varchar(64) not null,
    indicator_id varchar(64) not null,
    position bigint not null,
    owner_rank smallint not null,
    level varchar(16) not null,
    primary key (relationship_id, indicator_id)
);

create index indicator_by_owner on indicator (relationship_id, owner_rank, position);

create table measurement (
    relationship_id varchar(64) not null,
    measurement_id varchar(64) not null,
    indicator_id varchar(64) not null,
    position bigint not null,
    measured_on date not null,
    meets_target boolean not null,
    primary key (relationship_id, measurement_id)
);

create index measurement_of_indicator on measurement (relationship_id, indicator_id, measured_on, position);

create table history (
    relationship_id varchar(64) not null,
    version bigint not null,
    position bigint not null,
    event_id varchar(36) not null,
    type varchar(64) not null,
    occurred_at timestamp(6) with time zone not null,
    state text not null,
    primary key (relationship_id, version)
);

create unique index history_by_position on history (position);
create index history_by_type on history (relationship_id, type, version);
create index history_by_time on history (relationship_id, occurred_at, version);

-- What each entry gives as evidence for trust, without any weight: any policy can score it.
create table evidence (
    relationship_id varchar(64) not null,
    entry_id varchar(64) not null,
    state text not null,
    primary key (relationship_id, entry_id)
);

-- Which level was declared from when on, in the world's time.
create table declared_level (
    relationship_id varchar(64) not null,
    position bigint not null,
    took_effect_at timestamp(6) with time zone not null,
    level varchar(16) not null,
    primary key (relationship_id, position)
);

-- The trust of today in them and in us, as of the start of the day or the last evidence, by the policy in force: to sort and filter by.
create table trust_standing (
    relationship_id varchar(64) not null primary key,
    of_day date not null,
    policy varchar(600) not null,
    in_them double precision not null,
    in_us double precision not null,
    trend varchar(8) not null,
    state text not null
);

create index trust_standing_by_trust on trust_standing (in_them, relationship_id);
create index trust_standing_by_trend on trust_standing (trend, relationship_id);

-- How far each segment of the projection has come (Axon's token store).
create table projection_token (
    processor varchar(255) not null,
    segment integer not null,
    token bytea,
    token_type varchar(255),
    stored_at varchar(255),
    owner varchar(255),
    primary key (processor, segment)
);
