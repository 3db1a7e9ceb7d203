package neo4j

import "context"

// Bookmarks are what a DB has seen of the database, as its next transaction says.
func (db *DB) Bookmarks(ctx context.Context) ([]string, error) {
	return db.bookmarks.GetBookmarks(ctx)
}

// Expect has a DB's transactions wait for what has these bookmarks.
func (db *DB) Expect(ctx context.Context, bookmarks ...string) error {
	seen, err := db.bookmarks.GetBookmarks(ctx)
	if err != nil {
		return err
	}
	return db.bookmarks.UpdateBookmarks(ctx, seen, bookmarks)
}

// Scheme is that of the driver, as it routes.
func (db *DB) Scheme() string { target := db.driver.Target(); return target.Scheme }
