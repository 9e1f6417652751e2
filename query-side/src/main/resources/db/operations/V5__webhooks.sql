-- What operators have set up, and how far it has come. It is made of no events, so it stays when read models are rebuilt.
-- One script for H2 and PostgreSQL.

-- Who is told of which events, and up to which position they were. Delivered by the node that holds the lease.
create table webhook (
    id varchar(64) not null primary key,
    url varchar(2000) not null,
    event_types text not null,
    relationship_id varchar(64),
    secret varchar(100) not null,
    former_secret varchar(100),
    former_secret_until timestamp(6) with time zone,
    state varchar(16) not null,
    position bigint not null,
    attempts integer not null,
    next_attempt_at timestamp(6) with time zone,
    last_error varchar(500),
    last_error_at timestamp(6) with time zone,
    last_delivered_at timestamp(6) with time zone,
    created_at timestamp(6) with time zone not null,
    created_by varchar(255) not null,
    holder varchar(64),
    held_until timestamp(6) with time zone
);

-- Events that a receiver would not take, and those of the same stream that wait behind them.
create table webhook_dead_letter (
    webhook_id varchar(64) not null,
    position bigint not null,
    event_id varchar(36) not null,
    event_type varchar(64) not null,
    stream varchar(100) not null,
    attempts integer not null,
    last_error varchar(500),
    died_at timestamp(6) with time zone not null,
    due boolean not null,
    primary key (webhook_id, position)
);

create index webhook_dead_letter_of_stream on webhook_dead_letter (webhook_id, stream, position);
