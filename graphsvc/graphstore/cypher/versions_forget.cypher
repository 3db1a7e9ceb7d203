// Headers of versions go that only speak of minutes which are past their time, and
// follow no version that says more: at most $limit, but for those that pins name.
MATCH (kept:GraphVersion)
WHERE kept.number > 0 AND kept.toMinute > $before
WITH min(kept.number) AS first
MATCH (v:GraphVersion)
WHERE v.number > 0 AND v.number < first AND NOT EXISTS { MATCH (pin:Pin {version: v.number}) }
WITH v LIMIT $limit
DELETE v
RETURN count(*)
