-- The event log on PostgreSQL. Appends run side by side, so positions become visible out of order, and those of transactions that
-- are rolled back never do. Readers have to know which is which (see StablePrefix): every transaction that takes a position first
-- takes the lock below, shared, and keeps it until it ends; who holds it may still fill a position that is missing.

-- cache 1 matters: a session that kept numbers in store would use them after later ones had been given out
create sequence event_log_position as bigint cache 1 no cycle;

create function event_log_next_position() returns bigint language plpgsql as $$
begin
    -- first the lock, then the number: the other way round, a reader could miss that the number is taken
    perform pg_advisory_xact_lock_shared(4927131);
    return nextval('event_log_position');
end
$$;

-- the transactions that hold the lock now; not a matter of snapshots, pg_locks shows the present
create function event_log_appenders() returns setof text language plpgsql as $$
begin
    if pg_is_in_recovery() then
        raise exception 'the event log cannot be followed on a standby, which does not know the locks of the primary';
    end if;
    return query
        select virtualtransaction
        from pg_locks
        where locktype = 'advisory' and granted
          and classid = 0 and objid = 4927131 and objsubid = 1
          and database = (select oid from pg_database where datname = current_database());
end
$$;

create table event_log (
    position        bigint                      not null primary key default event_log_next_position(),
    event_id        varchar(36)                 not null,
    stream_type     varchar(32)                 not null,
    -- collate "C": the guard of the versions must not depend on the sort order of the operating system, which changes with upgrades
    stream          varchar(80) collate "C"     not null,
    sequence_number bigint                      not null,
    event_type      varchar(64)                 not null,
    revision        varchar(16)                 not null,
    recorded_at     timestamp(6) with time zone not null default clock_timestamp(),
    payload         bytea                       not null,
    metadata        bytea                       not null,
    -- refuses the second of two writers that decided on the same version, and finds the events of a stream in order
    constraint event_log_stream unique (stream, sequence_number)
);

alter sequence event_log_position owned by event_log.position;
