// Command gen writes the embedded price books from the facts. Run it in
// costsvc/pricebooks with go generate.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/egressor/egressor/costsvc/pricebooks/internal/facts"
)

func main() {
	if err := run("facts", "books"); err != nil {
		fmt.Fprintln(os.Stderr, "generating price books:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	books, err := facts.Books(os.DirFS(in))
	if err != nil {
		return err
	}
	for name, text := range books {
		if err := os.WriteFile(filepath.Join(out, name+".ndjson"), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
