-- The people who work here, and the failed sign-ins that slow down guessing.

create table staff (
    id text primary key,
    name text not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{1,39}$'),
    display text not null check (length(display) between 1 and 80),
    -- Argon2id with its parameters and salt, never a password.
    password text not null,
    must_change boolean not null,
    roles text[] not null check (cardinality(roles) > 0),
    disabled boolean not null default false,
    -- Sessions begun under another epoch are over: raised with every change of password or roles, and when disabled.
    epoch bigint not null default 1,
    look text not null default '',
    created timestamptz not null,
    last_sign_in timestamptz,
    -- An admin configures and never decides: the role stands alone.
    check (not ('ADMIN' = any (roles) and cardinality(roles) > 1))
);

-- key: SHA-256 of what was typed as the name, or of the address block; rows are dropped a day after the last failure.
create table sign_in_failures (
    key text primary key,
    failures integer not null,
    last timestamptz not null,
    until timestamptz not null
);
