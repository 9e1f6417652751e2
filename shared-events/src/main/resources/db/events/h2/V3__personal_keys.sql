-- The keys that personal fields of events are encrypted with, each wrapped by the master key, which is not in this database.
--
-- A key belongs to an entry, an event, a stakeholder or a person in a stream: the owner. Of a person there is only a keyed hash of the
-- name. A key that was destroyed leaves its id behind, so that what it closed is told apart from what lost its key; neither owner nor key.
create table personal_key (
    key_id  varchar(16) not null primary key,
    stream  varchar(80) not null,
    owner   varchar(80),
    master  varchar(16),
    wrapped varbinary(96),
    constraint personal_key_owner unique (stream, owner)
);

-- What is hashed with: likewise wrapped, so that nobody guesses names and texts by their hashes without the master key.
create table personal_secret (
    name    varchar(16) not null primary key,
    master  varchar(16) not null,
    wrapped varbinary(96) not null
);

-- Who had what forgotten, and why: numbers only, and nobody's name.
create table erasure (
    number        bigint generated always as identity primary key,
    id            varchar(36)                 not null unique,
    erased_at     timestamp(6) with time zone not null,
    erased_by     varchar(255)                not null,
    reason        varchar(10000)              not null,
    names         int                         not null,
    texts         int                         not null,
    relationships int                         not null,
    stakeholders  int                         not null,
    in_clear      int                         not null
);
