-- Who may do what in the event database, where these roles are there (docker/postgres/roles.sql makes them); all in one place, and given anew
-- after every migration, so that a table that is added brings its line here.
do $$
begin
    -- several processes may migrate at the same time, and grants that cross each other fail
    perform pg_advisory_xact_lock(4927134);

    -- decides: adds events, and changes or removes none
    if exists (select from pg_roles where rolname = 'rapport_commands') then
        -- not where in the log, nor when it was recorded: the log itself says so
        revoke all on event_log from rapport_commands;
        grant select on event_log to rapport_commands;
        grant insert (event_id, stream_type, stream, sequence_number, event_type, revision, payload, metadata)
            on event_log to rapport_commands;
        grant usage on sequence event_log_position to rapport_commands;
        grant select, insert, update on personal_key, personal_secret to rapport_commands;
        grant select, insert, delete on erasure to rapport_commands;
        grant select, insert, delete on receipt, active_relationship to rapport_commands;
        grant select, insert, update, delete on scheduled_tasks to rapport_commands;
        grant select on flyway_schema_history to rapport_commands;
    end if;

    -- tells: reads events and the keys of what they say of people, and writes nothing at all
    if exists (select from pg_roles where rolname = 'rapport_queries') then
        grant select on event_log, personal_key, personal_secret to rapport_queries;
    end if;

    -- seals: writes what is kept beside the log, and cannot even read the log
    if exists (select from pg_roles where rolname = 'rapport_seal') then
        grant select, update on seal_head to rapport_seal;
        grant select, insert, update on seal_leaves, seal_nodes to rapport_seal;
        grant select, insert, delete on seal_checkpoint to rapport_seal;
        grant select, insert on seal_key to rapport_seal;
    end if;
end
$$;
