package baseline

import "math"

// square is a symmetric matrix, of which the lower half is filled in.
type square [][]float64

func squareOf(n int) square {
	cells := make([]float64, n*n)
	m := make(square, n)
	for i := range m {
		m[i] = cells[i*n : (i+1)*n]
	}
	return m
}

// factorize puts the Cholesky factor in the place of a covariance: L of L times its
// transpose. It reports whether the matrix is positive definite.
func (m square) factorize() bool {
	for i, row := range m {
		for j := range i + 1 {
			rest := row[j] - dot(row[:j], m[j][:j])
			if i == j {
				if !(rest > 0) {
					return false
				}
				row[i] = math.Sqrt(rest)
				continue
			}
			row[j] = rest / m[j][j]
		}
	}
	return true
}

// whiten solves L x = values in place: what had the covariance has none after it.
func (m square) whiten(values []float64) {
	for i, row := range m {
		values[i] = (values[i] - dot(row[:i], values[:i])) / row[i]
	}
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
