-- One version a kind of thing kept in memory, raised in the transaction that changes the thing.
create table change_versions (
    kind    text primary key,
    version bigint not null
);

-- The keys that changed with each version; old rows are pruned, and who is further behind reloads everything.
create table changes (
    kind    text not null,
    version bigint not null,
    key     text not null,
    at      timestamptz not null default clock_timestamp(),
    primary key (kind, version, key)
);
create index changes_at on changes (at);
