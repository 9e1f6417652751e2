-- The event log on H2. One JVM owns the file, so that appends may simply queue up: an append first locks the only row of
-- event_log_head, and gives it back when it ends. Positions are gapless, in the order of the commits.

create table event_log_head (
    id int not null primary key
);

insert into event_log_head (id) values (1);

create table event_log (
    position        bigint                      not null primary key,
    event_id        varchar(36)                 not null,
    stream_type     varchar(32)                 not null,
    stream          varchar(80)                 not null,
    sequence_number bigint                      not null,
    event_type      varchar(64)                 not null,
    revision        varchar(16)                 not null,
    recorded_at     timestamp(6) with time zone not null,
    payload         varbinary(1048576)          not null,
    metadata        varbinary(1048576)          not null,
    -- refuses the second of two writers that decided on the same version, and finds the events of a stream in order
    constraint event_log_stream unique (stream, sequence_number)
);
