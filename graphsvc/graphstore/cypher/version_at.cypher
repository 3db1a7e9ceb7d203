// The newest version committed at or before a moment, unless those that followed
// it, which may be the ones, are past their time.
MATCH (v:GraphVersion)
WHERE v.number > 0 AND v.committedAt <= $at
WITH v ORDER BY v.number DESC LIMIT 1
WHERE EXISTS { MATCH (:GraphVersion {number: v.number + 1}) }
   OR NOT EXISTS { MATCH (later:GraphVersion) WHERE later.number > v.number }
RETURN properties(v)
