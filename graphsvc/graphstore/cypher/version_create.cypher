// The version's node. Its unique number is the lock against a second folder.
CREATE (v:GraphVersion)
SET v = $properties
