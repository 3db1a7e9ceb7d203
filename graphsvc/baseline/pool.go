package baseline

import "math"

// clear reports whether there was a step at all.
func (j *jump) clear() bool {
	const deviations = 2.5
	return math.Abs(j.log) > deviations*math.Sqrt(j.variance)
}

// pool makes a jump surer by others that may have the same cause: more workers ask all
// of their servers more. Whether they have is read off how far they are apart: by the
// random-effects model of DerSimonian and Laird (Meta-analysis in clinical trials,
// 1986). Jumps that differ by more than they are unsure leave each other alone.
func (j *jump) pool(others []jump) {
	if len(others) == 0 {
		return
	}
	all := append([]jump{*j}, others...)
	mean, _ := pooled(all, 0)
	squares, weights, weightsSquared := 0.0, 0.0, 0.0
	for i := range all {
		w := 1 / all[i].variance
		squares += w * (all[i].log - mean) * (all[i].log - mean)
		weights, weightsSquared = weights+w, weightsSquared+w*w
	}
	between := max(0, (squares-float64(len(others)))/(weights-weightsSquared/weights))
	mean, variance := pooled(all, between)
	shared := j.variance / (j.variance + between)
	j.log += shared * (mean - j.log)
	j.variance = (1-shared)*j.variance + shared*shared*variance
}

// pooled is the mean of jumps, and its variance, where they differ among each other
// by some variance.
func pooled(jumps []jump, between float64) (mean, variance float64) {
	weights := 0.0
	for i := range jumps {
		w := 1 / (jumps[i].variance + between)
		mean, weights = mean+w*jumps[i].log, weights+w
	}
	return mean / weights, 1 / weights
}
