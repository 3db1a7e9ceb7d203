package flowstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

const (
	// keysAtOnce bounds how many keys one statement asks for: 100 KB of text, below
	// ClickHouse's limit for a statement.
	keysAtOnce = 5000
	// mostKeys bounds how many are remembered.
	mostKeys = 1_000_000
)

// keyCache remembers what ids stand for, which never changes.
type keyCache struct {
	mu   sync.Mutex
	keys map[model.EdgeID]*model.EdgeKey
}

// Keys are what ids stand for. An id that no edge has is an error.
func (s *Store) Keys(ctx context.Context, ids []model.EdgeID) (map[model.EdgeID]*model.EdgeKey, error) {
	keys, missing := s.keys.known(ids)
	for some := range slices.Chunk(missing, keysAtOnce) {
		read, err := s.readKeys(ctx, some)
		if err != nil {
			return nil, fmt.Errorf("reading what %d edges stand for: %w", len(some), err)
		}
		for _, id := range some {
			if read[id] == nil {
				return nil, fmt.Errorf("edge %s is in the series, but the table edges does not say what it stands for: run `egressor verify`", id)
			}
			keys[id] = read[id]
		}
		s.keys.add(read)
	}
	return keys, nil
}

func (s *Store) readKeys(ctx context.Context, ids []model.EdgeID) (map[model.EdgeID]*model.EdgeKey, error) {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatUint(uint64(id), 10)
	}
	statement := `SELECT edge_id, ` + columnsOf("", keyColumns...) + ` FROM edges WHERE edge_id IN (` + strings.Join(texts, ",") + `) LIMIT 1 BY edge_id`
	keys := make(map[model.EdgeID]*model.EdgeKey, len(ids))
	err := s.each(ctx, statement, nil, func(rows clickhouse.Rows) error {
		var id uint64
		var key storedKey
		if err := rows.Scan(append([]any{&id}, key.targets()...)...); err != nil {
			return err
		}
		parsed, err := key.parse(model.EdgeID(id))
		keys[model.EdgeID(id)] = &parsed
		return err
	})
	return keys, err
}

func (c *keyCache) known(ids []model.EdgeID) (known map[model.EdgeID]*model.EdgeKey, missing []model.EdgeID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	known = make(map[model.EdgeID]*model.EdgeKey, len(ids))
	asked := make(map[model.EdgeID]bool, len(ids))
	for _, id := range ids {
		if asked[id] {
			continue
		}
		asked[id] = true
		if key := c.keys[id]; key != nil {
			known[id] = key
		} else {
			missing = append(missing, id)
		}
	}
	return known, missing
}

func (c *keyCache) add(keys map[model.EdgeID]*model.EdgeKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.keys == nil || len(c.keys)+len(keys) > mostKeys {
		c.keys = map[model.EdgeID]*model.EdgeKey{}
	}
	for id, key := range keys {
		c.keys[id] = key
	}
}
