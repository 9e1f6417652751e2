-- Which nodes feed the read models, each as it says so itself, so that they can share the segments. One script for H2 and PostgreSQL.
create table feeding_node (
    name varchar(255) not null primary key,
    seen_at timestamp(6) with time zone not null
);
