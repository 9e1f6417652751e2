-- Events that could not be projected, each with the later ones of its stream behind it: Axon's sequenced dead-letter queue.
create table dead_letter (
    dead_letter_id varchar(255) not null primary key,
    processing_group varchar(255) not null,
    sequence_identifier varchar(255) not null,
    sequence_index bigint not null,
    message_type varchar(255) not null,
    event_identifier varchar(255) not null,
    time_stamp varchar(255) not null,
    payload_type varchar(255) not null,
    payload_revision varchar(255),
    payload bytea not null,
    meta_data bytea,
    aggregate_type varchar(255),
    aggregate_identifier varchar(255),
    sequence_number bigint,
    token_type varchar(255),
    token bytea,
    enqueued_at varchar(255) not null,
    last_touched varchar(255),
    processing_started varchar(255),
    cause_type varchar(255),
    cause_message varchar(1023),
    diagnostics bytea
);

create unique index dead_letter_in_order on dead_letter (processing_group, sequence_identifier, sequence_index);
-- stakeholders' events come by way of every segment, and are kept once
create unique index dead_letter_of_event on dead_letter (event_identifier);
