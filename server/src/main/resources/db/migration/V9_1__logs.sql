-- How far each follower read its log, and from where the entries that were opened must be looked at again after a crash.
create table log_positions (
    name     text primary key,
    next     bigint not null,
    open_low bigint not null
);

-- Which entries of the traffic log speak of which content: an index, made again from the log when it is lost.
create table log_contents (
    content text   not null,
    entry   bigint not null,
    kind    text   not null,
    primary key (content, entry)
);
