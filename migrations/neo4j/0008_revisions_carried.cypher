// A revision tells the newest minute whose transfers name it, and goes once no history reaches back to that. Of those that
// are there it is not known: they are taken to be named until now. Dates of past ends do not count any more.
MATCH (v:GraphVersion)
WITH max(v.toMinute) - 1 AS newest
MATCH (d:Deployment)
WHERE d.lastMinute IS NULL
SET d.lastMinute = newest;
