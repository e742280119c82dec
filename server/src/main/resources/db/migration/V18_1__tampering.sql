-- Digests (keyed, so that the table alone tells nobody what was made) of the media of files that were released: finds the content whose label was taken off.
create table released_media (
    digest  bytea       not null,
    content text        not null,
    at      timestamptz not null,
    primary key (digest, content)
);
create index released_media_at on released_media (at);

-- Files whose labels do not agree with what was released; the files themselves are not kept. What happened to a case stands in case_turns.
create table tamper_cases (
    id        text        primary key,
    file      text        not null,
    outcome   text        not null,
    state     text        not null,
    content   text        not null,
    format    text        not null,
    bytes     bigint      not null,
    found     text        not null,
    evidence  text        not null,
    source    text        not null,
    made      timestamptz not null,
    seen      integer     not null default 1,
    last_seen timestamptz not null,
    unique (file, outcome, content)
);
create index tamper_cases_made on tamper_cases (made);
