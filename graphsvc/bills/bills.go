// Package bills reads the clouds' bills that lie in a folder: each file is a bill,
// and each folder in it one of several files of one form and month. A bill that
// was read is kept until one of its files changes.
package bills

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/billfile"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/query"
)

// Folder is a folder of bills. The zero value is not usable; see New.
type Folder struct {
	path  string
	books func() []*pricing.Book

	mu   sync.Mutex
	read map[string]readBill
}

// readBill is a bill as its files were when it was read.
type readBill struct {
	stamp string
	given query.GivenBill
}

// New returns a folder of bills, which are compared by the first of the books
// that is of a bill's provider and currency.
func New(path string, books func() []*pricing.Book) *Folder {
	return &Folder{path: path, books: books, read: make(map[string]readBill)}
}

var _ query.Bills = (*Folder)(nil)

// Bills are those of the folder, the newest month first. One that cannot be read
// says why. It fails where the folder itself cannot be read.
func (f *Folder) Bills(ctx context.Context) ([]query.GivenBill, error) {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return nil, fmt.Errorf("the folder of bills cannot be read (--bills): %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var given []query.GivenBill
	for _, entry := range entries {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if entry.Name()[0] == '.' {
			continue
		}
		given = append(given, f.bill(entry.Name()))
	}
	slices.SortStableFunc(given, func(a, b query.GivenBill) int {
		return cmp.Or(cmp.Compare(monthOf(b), monthOf(a)), cmp.Compare(a.Name, b.Name))
	})
	return given, nil
}

func monthOf(g query.GivenBill) string {
	if g.Bill == nil {
		return ""
	}
	return g.Bill.Month
}

// bill is one bill, read again where a file of it changed.
func (f *Folder) bill(name string) query.GivenBill {
	paths, stamp, err := filesOf(filepath.Join(f.path, name))
	if err != nil {
		return query.GivenBill{Name: name, Problem: err.Error()}
	}
	if known := f.read[name]; known.stamp == stamp {
		return known.given
	}
	given := query.GivenBill{Name: name}
	if given.Bill, given.Book, err = f.open(paths); err != nil {
		given.Problem = err.Error()
	}
	f.read[name] = readBill{stamp, given}
	return given
}

// filesOf are the files of a bill, and a text that changes when one of them does.
func filesOf(path string) (paths []string, stamp string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", err
	}
	paths = []string{path}
	if info.IsDir() {
		if paths, err = filepath.Glob(filepath.Join(path, "[^.]*")); err != nil {
			return nil, "", err
		}
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, "", err
		}
		stamp += fmt.Sprintf("%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
	}
	return paths, stamp, nil
}

// open reads a bill's files by each book in turn: the first that fits is it, else
// what the first said is why not.
func (f *Folder) open(paths []string) (*bill.Bill, *pricing.Book, error) {
	if len(paths) == 0 {
		return nil, nil, errors.New("the folder holds no file")
	}
	var first error
	for _, book := range f.books() {
		read, err := readAll(paths, book)
		if err == nil {
			return read, book, nil
		}
		first = cmp.Or(first, err)
	}
	return nil, nil, first
}

func readAll(paths []string, book *pricing.Book) (*bill.Bill, error) {
	reader := bill.NewReader(bill.Expect{Provider: book.Provider, Currency: book.Currency})
	for _, path := range paths {
		file, err := billfile.Open(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		if err := errors.Join(reader.Add(file), file.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
	}
	return reader.Bill()
}
