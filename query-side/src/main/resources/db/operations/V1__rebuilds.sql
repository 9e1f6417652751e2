-- What outlives every generation of the read models. One script for H2 and PostgreSQL; the schema is the same for all generations.

-- Which generations there are. The rows of generation 7 are in the schema g7.
create table generation (
    number integer not null primary key,
    state varchar(16) not null,
    since timestamp(6) with time zone not null
);

-- Which of them answers queries: one row, so that changing over is one step for everybody.
create table live_generation (
    id integer not null primary key check (id = 1),
    number integer not null
);

create table rebuild (
    id varchar(64) not null primary key,
    -- 1 while it is under way, else null: so there is one at a time
    under_way integer unique,
    generation integer not null unique,
    state varchar(16) not null,
    accept_differences boolean not null,
    reason varchar(2000),
    requested_by varchar(255) not null,
    requested_at timestamp(6) with time zone not null,
    finished_at timestamp(6) with time zone,
    -- who works on it, until when nobody else does
    owner varchar(64),
    leased_until timestamp(6) with time zone,
    cancel boolean not null,
    -- filling: all events up to this position, stream by stream
    through_position bigint,
    events bigint not null,
    events_done bigint not null,
    -- following: all events up to this position, in the order of the log
    followed_position bigint not null,
    rows_to_compare bigint not null,
    rows_compared bigint not null,
    differences bigint not null,
    swapped_position bigint,
    worked_millis bigint not null,
    error varchar(2000)
);

-- The streams to fill a generation from, in shares that are worked on side by side.
create table rebuild_part (
    rebuild varchar(64) not null,
    part integer not null,
    first_stream varchar(80) not null,
    last_stream varchar(80) not null,
    events bigint not null,
    events_done bigint not null,
    after_stream varchar(80) not null,
    after_sequence_number bigint not null,
    primary key (rebuild, part)
);

-- The first rows that were not the same in the live generation and in the new one. Values are digests, but for technical ones.
create table rebuild_difference (
    rebuild varchar(64) not null,
    number integer not null,
    table_name varchar(64) not null,
    row_key varchar(1000) not null,
    column_name varchar(64) not null,
    live_value varchar(255),
    new_value varchar(255),
    primary key (rebuild, number)
);

-- Events that an operator had the read models leave out, in every generation.
create table discarded_event (
    stream varchar(80) not null,
    version bigint not null,
    position bigint not null,
    event_id varchar(36) not null,
    reason varchar(2000) not null,
    discarded_by varchar(255) not null,
    discarded_at timestamp(6) with time zone not null,
    primary key (stream, version)
);
