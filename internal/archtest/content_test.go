package archtest

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// maxLines is where a hand-written file has become two.
const maxLines = 600

func TestFilesAreShort(t *testing.T) {
	each(t, func(s source) {
		if !s.generated && s.lines > maxLines {
			t.Errorf("%s has %d lines, more than %d: split it", s.name, s.lines, maxLines)
		}
	})
}

// TestNoSleepInTests: a test that sleeps is slow or flaky, mostly both.
func TestNoSleepInTests(t *testing.T) {
	eachGo(t, func(s source) {
		if !s.test {
			return
		}
		for _, call := range selections(s, "time", "Sleep") {
			t.Errorf("%s: time.Sleep in a test: wait for what is expected instead", s.position(call))
		}
	})
}

// mayReadTheClock are the wiring, the clock itself, and what starts real
// processes or talks to real servers and measures how long they take.
var mayReadTheClock = []string{
	"cmd", "agent/app", "graphsvc/app", "costsvc/app", "internal/clock",
	"internal/component", "internal/clickhouse", "internal/neo4j", "internal/kube", "internal/lab", "internal/testkit",
}

// TestTheClockIsInjected: time comes from internal/clock, so that every other
// package can be tested without waiting.
func TestTheClockIsInjected(t *testing.T) {
	eachGo(t, func(s source) {
		if s.test || s.generated || under(s.pkg, mayReadTheClock...) || strings.HasSuffix(s.name, "/main.go") {
			return
		}
		for _, name := range []string{"Now", "Since", "Until"} {
			for _, call := range selections(s, "time", name) {
				t.Errorf("%s: time.%s: take the time from a clock.Clock", s.position(call), name)
			}
		}
	})
}

// TestMoneyIsNeverAFloat: neither a type nor a literal.
func TestMoneyIsNeverAFloat(t *testing.T) {
	eachGo(t, func(s source) {
		if s.test || !under(s.pkg, "internal/money", "costsvc/pricing", "costsvc/transferclass", "costsvc/bill", "costsvc/forecast", "costsvc/whatif") {
			return
		}
		ast.Inspect(s.syntax, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.Ident:
				if slices.Contains([]string{"float64", "float32", "complex128"}, n.Name) {
					t.Errorf("%s: %s: money is counted in whole atoms", s.position(n), n.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT {
					t.Errorf("%s: %s: money is counted in whole atoms", s.position(n), n.Value)
				}
			}
			return true
		})
	})
}

// TestPureCoresStartNothing: no goroutine and no state of the package's own that
// an init would fill.
func TestPureCoresStartNothing(t *testing.T) {
	eachGo(t, func(s source) {
		if s.test || !slices.Contains(pure, s.pkg) {
			return
		}
		ast.Inspect(s.syntax, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: a goroutine in a pure core", s.position(n))
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s: an init in a pure core", s.position(n))
				}
			}
			return true
		})
	})
}

// selections finds every use of pkg.name, under whatever name pkg is imported.
func selections(s source, pkg, name string) []ast.Node {
	local := ""
	for _, spec := range s.syntax.Imports {
		if strings.Trim(spec.Path.Value, `"`) == pkg {
			local = pkg
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	var found []ast.Node
	if local == "" {
		return nil
	}
	ast.Inspect(s.syntax, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok || selector.Sel.Name != name {
			return true
		}
		if ident, ok := selector.X.(*ast.Ident); ok && ident.Name == local {
			found = append(found, selector)
		}
		return true
	})
	return found
}
