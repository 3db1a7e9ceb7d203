// Recommendations that were made at a minute or since, whether they still are.
MATCH (r:Recommendation) WHERE r.to >= $since
RETURN r {.*, shifts: []} ORDER BY r.made, r.id
