// Refolds and reprices: which minutes were corrected, and by how much
MATCH (v:GraphVersion)
WHERE v.kind IN ['refold', 'reprice']
RETURN v.number AS version, v.kind AS kind, v.fromMinute AS minute, v.edges AS edges, v.wireBytes AS bytes, v.costNano AS costNano, v.committedAt AS committedAt
ORDER BY version DESC
LIMIT 200
