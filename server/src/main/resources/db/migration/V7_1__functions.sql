-- The functions of Article 23 that were ever switched, and the requests of two people that switched them.
create table function_switches (
    function text        primary key,
    is_on    boolean     not null,
    since    timestamptz not null,
    actor    text        not null,
    reason   text        not null,
    request  text        not null
);

create table function_requests (
    id        text        primary key,
    function  text        not null,
    wanted_on boolean     not null,
    state     text        not null check (state in ('PROPOSED', 'CONFIRMED', 'REJECTED', 'WITHDRAWN')),
    proposer  text        not null,
    reason    text        not null,
    at        timestamptz not null
);

-- One open request a function, so that two people never confirm against each other.
create unique index function_requests_open on function_requests (function) where state = 'PROPOSED';
