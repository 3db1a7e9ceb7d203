package archtest

import (
	"path"
	"slices"
	"strings"
	"testing"
)

// pure are the packages that hold the arithmetic: values in, values out.
var pure = []string{
	"agent/metering",
	"graphsvc/attribution", "graphsvc/fold", "graphsvc/minute", "graphsvc/baseline", "graphsvc/diagnosis", "graphsvc/diff", "graphsvc/statement",
	"graphsvc/reach", "graphsvc/snapshot", "graphsvc/cyphergate", "graphsvc/cloud", "graphsvc/ranges", "graphsvc/pieces", "graphsvc/compact", "graphsvc/decision", "graphsvc/filter", "graphsvc/packed",
	"costsvc/transferclass", "costsvc/pricing", "costsvc/bill", "costsvc/forecast", "costsvc/whatif",
	"graphsvc/chat/proof", "graphsvc/remedy", "graphsvc/inquiry", "internal/nodeplace", "internal/model", "internal/money", "internal/kube/lifetimes",
}

// impure are the parts of the standard library that reach outside a function's
// arguments.
var impure = []string{
	"context", "os", "net", "log", "math/rand", "crypto/rand", "syscall", "plugin", "runtime", "testing", "unsafe",
	"embed", "io/fs", "io/ioutil", "path/filepath", "database", "sync/atomic", "expvar", "flag",
}

// TestPureCoresReachNothing: pure packages import each other and the harmless
// part of the standard library.
func TestPureCoresReachNothing(t *testing.T) {
	eachGo(t, func(s source) {
		if s.test || !slices.Contains(pure, s.pkg) {
			return
		}
		for _, imported := range s.imports {
			if why := pureRefuses(imported); why != "" {
				t.Errorf("%s imports %s: %s", s.name, imported, why)
			}
		}
	})
}

func pureRefuses(imported string) string {
	inside, own := strings.CutPrefix(imported, module+"/")
	switch {
	case own && !slices.Contains(pure, inside):
		return "a pure core imports pure cores only"
	case !own && strings.Contains(strings.Split(imported, "/")[0], "."):
		return "a pure core imports nothing of third parties"
	case imported != "net/netip" && under(imported, impure...):
		return "a pure core reaches nothing outside its arguments"
	default:
		return ""
	}
}

// TestSoleImporters: a driver, a client library or the kernel's structs are seen
// by one package each, tests included.
func TestSoleImporters(t *testing.T) {
	soles := []struct {
		library string
		allowed []string
	}{
		{"github.com/ClickHouse/clickhouse-go", []string{"internal/clickhouse"}},
		{"github.com/ClickHouse/ch-go", []string{"internal/clickhouse"}},
		{"github.com/neo4j/neo4j-go-driver", []string{"internal/neo4j"}},
		{"k8s.io/client-go", []string{"internal/kube"}},
		{"github.com/cilium/ebpf", []string{"bpf", "agent/probe"}},
		{module + "/bpf", []string{"bpf", "agent/probe"}},
		{"github.com/aws/aws-sdk-go-v2", []string{"graphsvc/cloud/awsapi"}},
		{"github.com/oschwald/maxminddb-golang", []string{"graphsvc/geoip"}},
		{"github.com/anthropics/anthropic-sdk-go", []string{"graphsvc/chat"}},
		{"github.com/modelcontextprotocol/go-sdk", []string{"graphsvc/mcpserver"}},
		{"github.com/coreos/go-oidc", []string{"graphsvc/signin"}},
		{"github.com/parquet-go/parquet-go", []string{"costsvc/billfile"}},
	}
	eachGo(t, func(s source) {
		for _, imported := range s.imports {
			for _, sole := range soles {
				if under(imported, sole.library) && !under(s.pkg, sole.allowed...) {
					t.Errorf("%s imports %s: only %s may", s.name, imported, strings.Join(sole.allowed, " and "))
				}
			}
		}
	})
}

// arrow forbids imports from one part of the repository to another.
type arrow struct {
	from   []string
	to     []string
	except []string // of to
	why    string
}

var forbidden = []arrow{
	{[]string{"agent"}, []string{"graphsvc", "costsvc"}, nil, "the agent knows the wire, not the services"},
	{[]string{"costsvc"}, []string{"graphsvc", "agent", "internal/neo4j"}, nil, "data flows one way, and costsvc never sees the graph"},
	{[]string{"graphsvc"}, []string{"agent", "bpf"}, nil, "data flows one way"},
	{[]string{"bpf"}, []string{"agent", "graphsvc", "costsvc", "internal"}, nil, "the kernel's side knows nobody"},
	{[]string{"graphsvc/api"}, []string{"graphsvc", "costsvc", "internal/clickhouse", "internal/neo4j"}, []string{"graphsvc/api", "graphsvc/query", "graphsvc/diff", "graphsvc/statement", "graphsvc/reach", "graphsvc/savedcypher", "graphsvc/decision", "graphsvc/filter", "graphsvc/packed", "graphsvc/kept", "graphsvc/remedy", "graphsvc/inquiry"}, "api sees only query, the pure cores whose words query answers in, and what keeps answers"},
	{[]string{"graphsvc/query"}, []string{"graphsvc/flowstore", "graphsvc/graphstore", "graphsvc/api", "internal/clickhouse", "internal/neo4j"}, nil, "query sees stores as interfaces of its own"},
	{[]string{"graphsvc/mcpserver"}, []string{"graphsvc", "costsvc", "internal/clickhouse", "internal/neo4j"}, []string{"graphsvc/mcpserver", "graphsvc/chat"}, "the MCP server sees only the chat's tools"},
	{[]string{"graphsvc/client"}, []string{"graphsvc", "costsvc", "internal"}, []string{"graphsvc/client"}, "other programs use the client: it brings nothing along"},
	{[]string{"graphsvc/chat"}, []string{"graphsvc", "costsvc", "internal/clickhouse", "internal/neo4j"}, []string{"graphsvc/chat"}, "chat sees only the GraphQL executor"},
	{vocabulary, []string{"agent", "graphsvc", "costsvc", "cmd"}, nil, "the shared vocabulary knows nobody who speaks it"},
}

// vocabulary is shared by the agent and the services.
var vocabulary = []string{
	"internal/model", "internal/money", "internal/wire", "internal/component", "internal/report", "internal/config",
	"internal/clock", "internal/clickhouse", "internal/neo4j", "internal/kube", "internal/inventory", "internal/version", "internal/nodeplace",
	"internal/testkit",
}

// TestArrows: data flows one way. Only the wiring (app, cmd, main) and tests may
// know both sides.
func TestArrows(t *testing.T) {
	eachGo(t, func(s source) {
		if s.test || isWiring(s) {
			return
		}
		for _, imported := range s.imports {
			inside, own := strings.CutPrefix(imported, module+"/")
			for _, a := range forbidden {
				if own && under(s.pkg, a.from...) && under(inside, a.to...) && !under(inside, a.except...) {
					t.Errorf("%s imports %s: %s", s.name, inside, a.why)
				}
			}
		}
	})
}

// TestProductCodeImportsNoTestHelpers: testkit, packages called sometest and the
// libraries of the testing trade stay in tests.
func TestProductCodeImportsNoTestHelpers(t *testing.T) {
	libraries := []string{
		"testing", "pgregory.net/rapid", "github.com/google/go-cmp", "go.uber.org/goleak",
		"github.com/rogpeppe/go-internal/testscript",
	}
	eachGo(t, func(s source) {
		if s.test || isTestHelper(s.pkg) {
			return
		}
		for _, imported := range s.imports {
			inside, own := strings.CutPrefix(imported, module+"/")
			if under(imported, libraries...) || own && isTestHelper(inside) {
				t.Errorf("%s imports %s: only tests may, and packages called sometest", s.name, imported)
			}
		}
	})
}

// isTestHelper reports whether a package exists for tests: like httptest, its
// name says so.
func isTestHelper(pkg string) bool {
	return under(pkg, "internal/testkit") || strings.HasSuffix(pkg, "test")
}

// isWiring reports whether a file is where concrete types meet.
func isWiring(s source) bool {
	return under(s.pkg, "cmd", "agent/app", "graphsvc/app", "costsvc/app") || path.Base(s.name) == "main.go"
}
