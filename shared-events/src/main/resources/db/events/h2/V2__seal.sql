-- The seal of the event log: a Merkle tree over the events in the order of their positions, and what was signed of it. It is kept
-- beside the log, backed up with it, and is no read model: made again, it would prove nothing of what was there before.
-- Hashes are kept by the tile, up to 256 of one height in a row, so that sealing takes few rows however many events there are.

-- how far the log is sealed; its only row is also what those who would seal take turns by
create table seal_head (
    id            int    not null primary key,
    tree_size     bigint not null,
    last_position bigint not null
);

insert into seal_head (id, tree_size, last_position) values (1, 0, 0);

-- the leaves from number tile * 256 on: the positions of their events, 8 bytes each, and their hashes, 32 bytes each
create table seal_leaves (
    tile           bigint          not null primary key,
    width          int             not null,
    first_position bigint          not null,
    positions      varbinary(2048) not null,
    hashes         varbinary(8192) not null,
    constraint seal_leaves_position unique (first_position)
);

-- the nodes above them: an entry of height h is the root over 256 entries, all there, of the height below
create table seal_nodes (
    height int             not null,
    tile   bigint          not null,
    width  int             not null,
    hashes varbinary(8192) not null,
    primary key (height, tile)
);

-- what was signed, as it was signed
create table seal_checkpoint (
    tree_size bigint                      not null primary key,
    note      varchar(8192)               not null,
    signed_at timestamp(6) with time zone not null
);

-- the public parts of the keys that signed, the first one being number 0; the others come with the checkpoint that put them in charge
create table seal_key (
    number        int                         not null primary key,
    verifier_key  varchar(1024)               not null,
    put_in_charge varchar(8192),
    added_at      timestamp(6) with time zone not null
);
