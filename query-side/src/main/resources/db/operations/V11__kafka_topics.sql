-- Up to which position events were published to which topic of Kafka; published by the node that holds the lease. One script for H2 and PostgreSQL.
create table kafka_topic (
    topic varchar(249) not null primary key,
    position bigint not null,
    last_error varchar(500),
    holder varchar(64),
    held_until timestamp(6) with time zone
);
