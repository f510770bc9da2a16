package fault

// Distance counts the single-character changes between two words, for "did you mean".
func Distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range to {
			above := row[j+1]
			cost := 1
			if x == y {
				cost = 0
			}
			row[j+1] = min(diagonal+cost, row[j]+1, above+1)
			diagonal = above
		}
	}
	return row[len(to)]
}
