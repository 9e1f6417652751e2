-- In which forms the events are that nodes who fed read models have read, so that an older node, which does not know one of them, feeds none.
-- One script for H2 and PostgreSQL.
create table event_form (
    event_type varchar(255) not null,
    revision varchar(255) not null,
    primary key (event_type, revision)
);
