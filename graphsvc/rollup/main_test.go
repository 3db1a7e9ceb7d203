package rollup_test

import (
	"testing"

	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

func TestMain(m *testing.M) { neo4jtest.Main(m) }
