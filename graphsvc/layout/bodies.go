package layout

import "math"

// bodies are the points in motion: the fresh ones first, then the known ones,
// which push and pull but do not move.
type bodies struct {
	points []Point
	fresh  int
	index  map[string]int
	// spacing is the distance that bodies try to keep.
	spacing float64
	// gravity is their pull to the middle per unit of distance.
	gravity float64
}

type spring struct {
	a, b   int
	weight float64
}

func newBodies(known map[string]Point, nodes, fresh []Node) *bodies {
	b := &bodies{fresh: len(fresh), index: make(map[string]int, len(nodes))}
	for _, node := range fresh {
		b.add(node.ID, start(node))
	}
	for _, node := range nodes {
		if _, seen := b.index[node.ID]; !seen {
			b.add(node.ID, known[node.ID])
		}
	}
	return b
}

func (b *bodies) add(id string, at Point) {
	b.index[id] = len(b.points)
	b.points = append(b.points, at)
}

func (b *bodies) springs(links []Link) []spring {
	springs := make([]spring, 0, len(links))
	for _, link := range links {
		i, okA := b.index[link.A]
		j, okB := b.index[link.B]
		if okA && okB && i != j {
			springs = append(springs, spring{i, j, link.Weight})
		}
	}
	return springs
}

// step moves every fresh body once, by at most limit.
func (b *bodies) step(springs []spring, limit float64) {
	forces := make([]Point, b.fresh)
	for i := range b.fresh {
		forces[i] = b.repulsion(i)
		forces[i].X -= b.gravity * b.points[i].X
		forces[i].Y -= b.gravity * b.points[i].Y
	}
	for _, s := range springs {
		pull := b.attraction(s)
		if s.a < b.fresh {
			forces[s.a].X += pull.X
			forces[s.a].Y += pull.Y
		}
		if s.b < b.fresh {
			forces[s.b].X -= pull.X
			forces[s.b].Y -= pull.Y
		}
	}
	for i, force := range forces {
		b.points[i] = moved(b.points[i], force, limit)
	}
}

// repulsion is spacing^2/distance from every other body, as Fruchterman and
// Reingold have it (Software: Practice and Experience 21, 1991).
func (b *bodies) repulsion(i int) Point {
	var sum Point
	for j := range b.points {
		if j == i {
			continue
		}
		dx, dy := b.points[i].X-b.points[j].X, b.points[i].Y-b.points[j].Y
		squared := max(dx*dx+dy*dy, 1)
		sum.X += dx / squared * b.spacing * b.spacing * repelling
		sum.Y += dy / squared * b.spacing * b.spacing * repelling
	}
	return sum
}

// attraction draws s.a towards s.b by distance^2/spacing.
func (b *bodies) attraction(s spring) Point {
	dx, dy := b.points[s.b].X-b.points[s.a].X, b.points[s.b].Y-b.points[s.a].Y
	distance := math.Hypot(dx, dy)
	strength := (0.15 + 0.35*s.weight) * distance / b.spacing / 2
	return Point{dx * strength / 4, dy * strength / 4}
}

func moved(at, force Point, limit float64) Point {
	length := math.Hypot(force.X, force.Y)
	if length == 0 {
		return at
	}
	step := min(length, limit) / length
	return Point{
		X: max(-reach, min(reach, at.X+force.X*step)),
		Y: max(-reach, min(reach, at.Y+force.Y*step)),
	}
}
