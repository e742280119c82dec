-- Rules and agreements shown to users (Article 8), version by version, and who accepted which.
create table documents (
    kind           text        not null check (kind in ('AGREEMENT', 'RULES')),
    version        integer     not null check (version > 0),
    zh             text        not null,
    en             text        not null,
    hash           text        not null,
    effective_from timestamptz not null,
    template       boolean     not null,
    published      timestamptz not null,
    publisher      text        not null,
    primary key (kind, version)
);

create function documents_are_kept() returns trigger language plpgsql as $$
begin
    raise exception 'A published version is never changed (table documents)';
end $$;

create trigger documents_kept before update or delete on documents
    for each row execute function documents_are_kept();
create trigger documents_whole before truncate on documents
    for each statement execute function documents_are_kept();

create table acceptances (
    id       text        primary key,
    user_id  text        not null references users,
    kind     text        not null,
    version  integer     not null,
    hash     text        not null,
    accepted timestamptz not null,
    recorded timestamptz not null,
    channel  text        not null,
    unique (user_id, kind, version),
    foreign key (kind, version) references documents
);
