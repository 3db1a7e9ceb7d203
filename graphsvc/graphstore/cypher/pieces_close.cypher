// Ends the truth of pieces: versions from $number on do not see them.
UNWIND range(0, size($froms) - 1) AS i
MATCH (p:Piece {tier: $tier, from: $froms[i], since: $sinces[i]})
SET p.until = $number
RETURN count(*)
