// The newest version committed at or before a moment.
MATCH (v:GraphVersion)
WHERE v.number > 0 AND v.committedAt <= $at
RETURN properties(v)
ORDER BY v.number DESC
LIMIT 1
