// The newest version.
MATCH (v:GraphVersion)
WHERE v.number > 0
RETURN properties(v)
ORDER BY v.number DESC
LIMIT 1
