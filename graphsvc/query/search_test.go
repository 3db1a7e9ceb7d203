package query

import "testing"

func TestEveryWordMustBeThere(t *testing.T) {
	for _, row := range []struct {
		words []string
		want  bool
	}{
		{[]string{"check"}, true}, {[]string{"shop", "checkout"}, true}, {[]string{"deployment"}, true}, {[]string{"shop", "cart"}, false},
	} {
		if got := hasWords("w/lab/shop/deployment/checkout checkout", row.words); got != row.want {
			t.Errorf("%q: %t", row.words, got)
		}
	}
}
