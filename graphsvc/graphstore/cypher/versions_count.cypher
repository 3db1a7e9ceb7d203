// How many versions there are below a number.
MATCH (v:GraphVersion)
WHERE v.number < $before
RETURN count(v)
