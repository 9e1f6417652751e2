-- The keys that personal fields of events are encrypted with, each wrapped by a master key, which is not in this database.
--
-- Those of a stream come in generations, and all of a generation from its root, which has an empty label. Once something of a generation was
-- erased, its root is destroyed, and the other keys are kept one by one, by labels that tell nobody whose they are. Of what was destroyed the
-- row stays, without a key, so that what was erased is told apart from what lost its key.
create table personal_key (
    stream     varchar(80) collate "C" not null,
    generation int                     not null,
    label      varchar(20) collate "C" not null,
    master     varchar(16),
    wrapped    bytea,
    primary key (stream, generation, label)
);

-- What is hashed with: likewise wrapped, so that nobody guesses names and texts by their hashes without the master key.
create table personal_secret (
    name    varchar(16) not null primary key,
    master  varchar(16) not null,
    wrapped bytea not null
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
