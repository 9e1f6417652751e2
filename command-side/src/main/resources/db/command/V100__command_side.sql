-- The answer that a request was given, by the key that makes the request repeatable; written with the events that it acknowledges.
create table receipt (
    scope           varchar(300)                not null,
    idempotency_key varchar(255)                not null,
    fingerprint     char(64)                    not null,
    answer          text                        not null,
    kept_since      timestamp(6) with time zone not null,
    primary key (scope, idempotency_key)
);

create index receipt_kept_since on receipt (kept_since);

-- One active relationship per stakeholder: the rule that no single stream of events can keep.
create table active_relationship (
    stakeholder_id  varchar(64) not null primary key,
    relationship_id varchar(64) not null
);

-- db-scheduler's table, as its documentation gives it; instances are named after a stream and a deadline, which takes more than 100 characters.
create table scheduled_tasks (
    task_name            varchar(100)                not null,
    task_instance        varchar(250)                not null,
    task_data            ${binary},
    execution_time       timestamp(6) with time zone not null,
    picked               boolean                     not null,
    picked_by            varchar(200),
    last_success         timestamp(6) with time zone,
    last_failure         timestamp(6) with time zone,
    consecutive_failures int,
    last_heartbeat       timestamp(6) with time zone,
    version              bigint                      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
