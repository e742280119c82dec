-- Measures against users, each with its statement of reasons; what happened to it stands in case_turns.
create table measures (
    id          text primary key,
    user_id     text        not null,
    step        text        not null,
    function    text        not null default '',
    until       timestamptz,
    state       text        not null,
    ground      text        not null,
    clause      text        not null,
    category    text        not null,
    facts       text        not null,
    source      text        not null,
    automated   boolean     not null,
    notice_zh   text        not null,
    notice_en   text        not null,
    made        timestamptz not null
);
create index measures_user on measures (user_id, made);
create index measures_waiting on measures (made) where state in ('PROPOSED', 'URGENT', 'APPEALED');
create index measures_due on measures (until) where state in ('EFFECTIVE', 'APPEALED', 'URGENT') and until is not null;
