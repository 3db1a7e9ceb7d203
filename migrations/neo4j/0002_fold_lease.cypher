// One service folds at a time: the one that holds the lease. Unique, so that there is one lease to hold.
CREATE CONSTRAINT fold_lease_name IF NOT EXISTS FOR (l:FoldLease) REQUIRE l.name IS UNIQUE;
