-- Indexes that a generation is filled without: made once all rows are there, which takes less than to keep them in order row by row.
-- What is to be made is kept here, for who goes on with a rebuild after its node was gone.
create table late_index (
    rebuild varchar(64) not null,
    name varchar(128) not null,
    table_name varchar(128) not null,
    definition varchar(2000) not null,
    primary key (rebuild, name)
);
