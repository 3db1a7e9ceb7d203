// The end of the newest day that is past its time.
MATCH (d:Piece)
WHERE d.tier = 'day' AND d.forgotten
RETURN max(d.to)
