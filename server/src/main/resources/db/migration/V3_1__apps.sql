-- The applications that call the gateway, and what is kept of their keys: never the key, only its SHA-256.
create table apps (
    id         text        primary key,
    name       text        not null unique,
    explicit   text        not null check (explicit in ('TEXT', 'INTERFACE')),
    evidence   text        not null,
    lang       text        not null check (lang in ('ZH', 'EN')),
    bound_user text,
    producer   text,
    created_at timestamptz not null,
    created_by text        not null,
    revision   integer     not null,
    check (explicit = 'TEXT' or evidence <> '')
);

create table api_keys (
    id            text        primary key,
    app_id        text        not null references apps (id),
    hash          bytea       not null unique check (octet_length(hash) = 32),
    hint          text        not null,
    scopes        text        not null check (scopes <> ''),
    per_minute    integer     check (per_minute > 0),
    per_day       bigint      check (per_day > 0),
    expires_at    timestamptz,
    created_at    timestamptz not null,
    created_by    text        not null,
    ends_at       timestamptz,
    replaces      text        references api_keys (id),
    revoked_at    timestamptz,
    revoked_by    text,
    revoke_reason text,
    last_used     date,
    check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoke_reason is null))
);

create index api_keys_of_app on api_keys (app_id);
-- A key is rotated once: two people who rotate it at the same moment get one new key.
create unique index api_keys_replaced_once on api_keys (replaces);
