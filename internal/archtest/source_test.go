package archtest

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/egressor/egressor"

// source is one file of the repository.
type source struct {
	// name is the path from the root, with slashes.
	name string
	// pkg is the import path of the file's folder within the module, "" for the root.
	pkg       string
	lines     int
	generated bool
	// The rest is set for Go files alone.
	test    bool
	imports []string
	syntax  *ast.File
	fileSet *token.FileSet
}

// skipped are folders whose content nobody here wrote.
var skipped = []string{".git", ".deps", "node_modules", "dist", "testdata", "bin", "test-results", "playwright-report"}

// sources are all files that the rules look at, read once.
var sources = sync.OnceValues(func() ([]source, error) {
	root, err := findRoot()
	if err != nil {
		return nil, err
	}
	var all []source
	err = filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone since the folder was listed
		}
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(strings.TrimPrefix(file, root), string(filepath.Separator)))
		if entry.IsDir() {
			return enter(root, name)
		}
		if !slices.Contains([]string{".go", ".ts", ".tsx", ".c", ".h"}, path.Ext(name)) {
			return nil
		}
		read, err := readSource(file, name)
		if err == nil {
			all = append(all, read)
		}
		return err
	})
	return all, err
})

// enter decides whether to look into a folder. A folder with a go.mod of its own
// is another module.
func enter(root, name string) error {
	if slices.Contains(skipped, path.Base(name)) {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(root, name, "go.mod")); err == nil && name != "" {
		return fs.SkipDir
	}
	return nil
}

func readSource(file, name string) (source, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return source{}, err
	}
	s := source{name: name, pkg: strings.TrimPrefix(path.Dir(name), "."), lines: strings.Count(string(text), "\n")}
	s.generated = isGenerated(string(text), name)
	if path.Ext(name) != ".go" {
		return s, nil
	}
	s.test = strings.HasSuffix(name, "_test.go")
	s.fileSet = token.NewFileSet()
	s.syntax, err = parser.ParseFile(s.fileSet, file, text, parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	for _, spec := range s.syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, err
		}
		s.imports = append(s.imports, imported)
	}
	return s, nil
}

// isGenerated knows the marks that generators leave at the top of a file, and
// the headers that the kernel's own types are dumped into.
func isGenerated(text, name string) bool {
	head := text[:min(len(text), 2000)]
	return strings.Contains(head, "Code generated") || strings.Contains(head, "DO NOT EDIT") ||
		strings.Contains(name, "__generated__") || strings.HasPrefix(name, "ui/mock/gen/") || strings.HasPrefix(name, "ui/src/gql/") || path.Base(name) == "vmlinux.h"
}

func findRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if text, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil && strings.Contains(string(text), "module "+module+"\n") {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod of " + module + " above the working directory")
		}
		dir = parent
	}
}

// each calls check for every file that the rules look at.
func each(t *testing.T, check func(s source)) {
	t.Helper()
	all, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d files found: the walk is broken", len(all))
	}
	for _, s := range all {
		check(s)
	}
}

// eachGo calls check for every Go file.
func eachGo(t *testing.T, check func(s source)) {
	t.Helper()
	each(t, func(s source) {
		if s.syntax != nil {
			check(s)
		}
	})
}

// position is "file:line" of a node.
func (s source) position(node ast.Node) string {
	return s.name + ":" + strconv.Itoa(s.fileSet.Position(node.Pos()).Line)
}

// under reports whether a package is one of the folders or below one.
func under(pkg string, folders ...string) bool {
	for _, folder := range folders {
		if pkg == folder || strings.HasPrefix(pkg, folder+"/") {
			return true
		}
	}
	return false
}
