-- The histories of all cases. Rows are added, never changed: a number in a case is given once, so two racers cannot both act.
create table case_turns (
    kind       text        not null,
    case_id    text        not null,
    seq        integer     not null check (seq > 0),
    from_state text        not null,
    name       text        not null,
    to_state   text        not null,
    actor      text        not null,
    roles      text        not null,
    reason     text        not null,
    at         timestamptz not null,
    rules      text        not null,
    primary key (kind, case_id, seq)
);

create function case_turns_are_kept() returns trigger language plpgsql as $$
begin
    raise exception 'The history of a case is never changed (table case_turns)';
end $$;

create trigger case_turns_kept before update or delete on case_turns
    for each row execute function case_turns_are_kept();
create trigger case_turns_whole before truncate on case_turns
    for each statement execute function case_turns_are_kept();
