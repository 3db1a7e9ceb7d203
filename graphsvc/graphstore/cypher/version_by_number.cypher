// One version by its number.
MATCH (v:GraphVersion {number: $number})
RETURN properties(v)
