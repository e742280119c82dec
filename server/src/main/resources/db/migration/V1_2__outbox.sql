-- Governance events, written in the transaction that makes them true; the governance log follows in the order of n.
create table outbox (
    n         bigint generated always as identity primary key,
    id        text not null unique,
    at        timestamptz not null,
    kind      text not null,
    actor     text not null,
    subject   text not null,
    facts     text not null,
    log_index bigint
);
create index outbox_waiting on outbox (n) where log_index is null;
create index outbox_subject on outbox (subject, n);
