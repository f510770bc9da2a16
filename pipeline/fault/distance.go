package fault

import "strings"

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

// Nearest gives the word of the list that a misspelt one most likely means; false when none is close enough. Of equals, the first in the list.
func Nearest(word string, list []string) (string, bool) {
	word = strings.ToLower(word)
	nearest, least := "", max(1, len([]rune(word))/3)+1
	for _, candidate := range list {
		if d := Distance(word, strings.ToLower(candidate)); d < least {
			nearest, least = candidate, d
		}
	}
	return nearest, nearest != ""
}

// Meant is what to do about a word that a list doesn't have: the one that was probably meant, else the list.
func Meant(word string, list []string) string {
	if nearest, ok := Nearest(word, list); ok {
		return "did you mean " + nearest + "?"
	}
	return "one of " + strings.Join(list, ", ")
}
