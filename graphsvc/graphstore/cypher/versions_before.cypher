// A page of versions below a number, newest first.
MATCH (v:GraphVersion)
WHERE v.number < $before
RETURN properties(v)
ORDER BY v.number DESC
LIMIT $limit
