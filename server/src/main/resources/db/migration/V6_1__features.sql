-- The governed database of features. A row is one version of one feature, as it was approved; only its state and its review date move.
create table features (
    id          text        not null,
    version     integer     not null check (version > 0),
    kind        text        not null check (kind = 'KEYWORD'),
    pattern     text        not null,
    risk        text        not null,
    severity    text        not null check (severity in ('LOW', 'MEDIUM', 'HIGH')),
    action      text        not null check (action in ('NOTE', 'HOLD', 'BLOCK')),
    folds       text        not null,
    evidence    text        not null,
    provenance  text        not null,
    owner       text        not null,
    review_by   timestamptz not null,
    batch       text        not null,
    state       text        not null check (state in ('CANDIDATE', 'REVIEWED', 'SHADOW', 'ACTIVE', 'RETIRED', 'REJECTED')),
    proposer    text        not null,
    proposed_at timestamptz not null,
    trial_set   text        not null,
    trial_of    integer     not null,
    trial_hits  integer     not null,
    primary key (id, version)
);

create unique index features_active on features (id) where state = 'ACTIVE';
create unique index features_open on features (id) where state in ('CANDIDATE', 'REVIEWED', 'SHADOW');
create index features_live on features (state, id);
create index features_of_batch on features (batch) where batch <> '';
create index features_by_pattern on features (md5(pattern));
create index features_due on features (review_by) where state in ('REVIEWED', 'SHADOW', 'ACTIVE');

create function features_are_kept() returns trigger language plpgsql as $$
begin
    raise exception 'What a feature looks for is never changed: propose a new version (table features)';
end $$;

create trigger features_kept before update on features for each row
    when ((old.id, old.version, old.kind, old.pattern, old.risk, old.severity, old.action, old.folds, old.evidence, old.provenance, old.proposer)
        is distinct from
        (new.id, new.version, new.kind, new.pattern, new.risk, new.severity, new.action, new.folds, new.evidence, new.provenance, new.proposer))
    execute function features_are_kept();
create trigger features_never_deleted before delete on features for each row execute function features_are_kept();

-- What came into the live library and left it, in order, so that any library that ever was in force can be built again.
create table library_clock (one boolean primary key default true check (one), counter bigint not null);
insert into library_clock values (true, 0);

create table library_changes (
    counter bigint      not null,
    id      text        not null,
    version integer     not null,
    state   text        not null,
    at      timestamptz not null,
    primary key (counter, id, version)
);

create table feature_hits (
    id      text    not null,
    version integer not null,
    shadow  boolean not null,
    day     date    not null,
    hits    bigint  not null,
    primary key (id, version, shadow, day)
);
