-- What the planner knows of a column are values of it, which outlive the rows that they come from: of a destroyed key it has to know none. To
-- change a column's type, if only to what it is, has PostgreSQL forget what it knew.
alter table personal_key
    alter column wrapped type bytea,
    alter column wrapped set statistics 0;

alter table personal_secret
    alter column wrapped type bytea,
    alter column wrapped set statistics 0;
