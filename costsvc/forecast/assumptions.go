package forecast

// Assumptions are what a forecast takes for granted, in sentences for people.
func (m *Month) Assumptions() []string {
	if m.Method == None {
		return nil
	}
	how := "each hour to come costs the median of the measured hours at its time of the day, in at most the last four weeks"
	if m.Method == HourOfWeek {
		how = "each hour to come costs the median of the measured hours at its time of the week, in the last four weeks"
	}
	said := []string{
		how,
		"the band is the month if every day to come were as far off as the tenth or the ninetieth of a hundred measured days; of fewer than ten days, as the cheapest and the dearest",
		"prices and the tiers that are reached stay as they are",
		"what costs by the hour, such as a gateway, is not in it",
	}
	if m.MissingMinutes > 0 {
		said = append(said, "minutes that nobody measured are not in the month so far, and nothing is put in their place")
	}
	return said
}
