package mcpserver_test

import (
	"net/http"

	"github.com/egressor/egressor/graphsvc/access"
)

// handlerAs lets every request be one principal's.
func handlerAs(who access.Principal, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(access.With(r.Context(), who)))
	})
}
