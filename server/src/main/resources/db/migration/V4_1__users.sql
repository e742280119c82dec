-- Users as applications registered them, how far their real identity is (Article 9), and what binds them. No identity number is in any table.
create table users (
    id              text        primary key,
    app_id          text        not null,
    external_id     text,
    kind            text        not null check (kind in ('PERSON', 'ORGANISATION')),
    minor           boolean     not null,
    minor_by_number boolean     not null default false,
    pseudonym       text        unique,
    registered      timestamptz not null,
    identity        text        not null,
    fails           integer     not null default 0 check (fails >= 0),
    locked_until    timestamptz,
    pending_until   timestamptz,
    method          text,
    masked          text,
    number_digest   bytea,
    verifier        text,
    assurance       text,
    verified        timestamptz,
    recheck         timestamptz,
    lapse           timestamptz,
    revoked         timestamptz,
    erased          timestamptz,
    check ((erased is null) = (external_id is not null)),
    check ((erased is null) = (pseudonym is not null)),
    check (erased is null or (masked is null and number_digest is null))
);
create unique index users_name on users (app_id, external_id) where external_id is not null;
create index users_digest on users (number_digest, app_id) where number_digest is not null;
-- What a timer may have to record: the gate itself compares the moments and does not wait for it.
create index users_pending on users (pending_until) where identity = 'PENDING';
create index users_locked on users (locked_until) where identity = 'LOCKED';
create index users_recheck on users (recheck) where identity = 'VERIFIED';
create index users_lapse on users (lapse) where identity = 'RECHECK_DUE';

-- Attempts to authenticate, and what came of them.
create table verifications (
    id              text        primary key,
    user_id         text        not null references users,
    method          text        not null,
    verifier        text        not null,
    assurance       text        not null,
    evidence        text,
    at              timestamptz,
    masked          text,
    number_digest   bytea,
    minor_by_number boolean,
    recorded        timestamptz not null,
    result          text        not null check (result in ('PENDING', 'PASSED', 'FAILED', 'FORGOTTEN')),
    decided         timestamptz,
    why_zh          text,
    why_en          text
);
create index verifications_user on verifications (user_id, id);
create index verifications_same on verifications (user_id, verifier, method, evidence, at);
create index verifications_waiting on verifications (number_digest) where result = 'PENDING' and number_digest is not null;

-- What the measures in force leave a user (conduct decides, people holds).
create table user_restrictions (
    measure_id text not null,
    user_id    text not null references users,
    step       text not null check (step in ('LIMITED', 'SUSPENDED', 'CLOSED')),
    function   text,
    until      timestamptz,
    primary key (measure_id, user_id),
    check ((step = 'LIMITED') = (function is not null)),
    check (step <> 'SUSPENDED' or until is not null),
    check (step <> 'CLOSED' or until is null)
);
create index user_restrictions_user on user_restrictions (user_id);

-- Whoever erases an account under a measure does not come back without it: a keyed digest of the old name, kept while a measure is in force.
create table user_bars (
    name_digest bytea not null,
    user_id     text  not null references users,
    primary key (name_digest, user_id)
);

-- The two people who revoke an authentication.
create table revocations (
    id      text        primary key,
    user_id text        not null references users,
    opened  timestamptz not null,
    state   text        not null
);
create index revocations_user on revocations (user_id);
create unique index revocations_one_open on revocations (user_id) where state = 'PROPOSED';
