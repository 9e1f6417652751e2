-- Appends events in one round trip.
--
-- Until the transaction ends, nobody who destroys keys has the turn of any of the streams. The keys that texts were closed with before it began
-- have to be there still once that is so; if one is not, nothing is appended. Each statement of a function sees what was committed by the time
-- that it begins, so what is looked at behind the locks is what it is now.
--
-- streams                          all that are appended to, in one order on all nodes, so that no two wait for each other
-- closed_streams, _generations, _roots    whose root of which generation texts were closed with, and the root itself, as it is kept: one that was
--                                  made in a transaction that came to nothing may have had the same place
-- the others                       columns of the events, in their order
--
-- Answers whether the events were appended.
create function append_to_event_log(
    streams            text[],
    closed_streams     text[],
    closed_generations int[],
    closed_roots       bytea[],
    event_ids          text[],
    stream_types       text[],
    event_streams      text[],
    sequence_numbers   bigint[],
    event_types        text[],
    revisions          text[],
    payloads           bytea[],
    metadatas          bytea[]
) returns boolean
    language plpgsql
    -- or each call would be planned by the length of its arrays, which takes longer than to carry it out
    set plan_cache_mode = force_generic_plan
as
$$
begin
    perform pg_advisory_xact_lock_shared(4927135, hashtext(each)) from unnest(streams) as each;
    -- looked up one by one by the primary key, since these are few; the planner, which does not know that, would rather read the whole table
    if exists (select
               from unnest(closed_streams, closed_generations, closed_roots) as closed (stream, generation, root)
                        left join lateral (select true as there
                                           from personal_key
                                           where personal_key.stream = closed.stream
                                             and personal_key.generation = closed.generation
                                             and label = ''
                                             and wrapped = closed.root
                                           limit 1) as root on true
               where root.there is null) then
        return false;
    end if;
    insert into event_log (event_id, stream_type, stream, sequence_number, event_type, revision, payload, metadata)
    select event_id, stream_type, stream, sequence_number, event_type, revision, payload, metadata
    from unnest(event_ids, stream_types, event_streams, sequence_numbers, event_types, revisions, payloads, metadatas)
             with ordinality as event (event_id, stream_type, stream, sequence_number, event_type, revision, payload, metadata, number)
    order by number;
    return true;
end
$$;
