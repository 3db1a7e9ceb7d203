// The first span of a range whose finer pieces are gone, unless they are kept for
// the version that is asked about.
UNWIND range(0, size($froms) - 1) AS i
MATCH (p:Piece)
WHERE p.tier IN ['hour', 'day'] AND p.from > $froms[i] - 1440 AND p.from < $tos[i] AND p.to > $froms[i] AND p.pruned
  AND NOT $asOf IN coalesce(p.keptFor, [])
RETURN p.tier, p.from, coalesce(p.forgotten, false)
ORDER BY p.from
LIMIT 1
