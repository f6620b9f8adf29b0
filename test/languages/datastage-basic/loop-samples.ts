/** Routines whose loops turn as often as the row says. */

/** The longest of the parts between commas. */
export const longest = [
	'FUNCTION Tidy(X)',
	'Most = 0',
	"Ans = ''",
	"FOR I = 1 TO DCOUNT(X, ',')",
	"   Part = FIELD(X, ',', I)",
	'   IF LEN(Part) <= Most THEN CONTINUE',
	'   Most = LEN(Part)',
	'   Ans = Part',
	'NEXT I',
	'RETURN(Ans)',
]

/** A number without zeros before it. */
export const noZeros = [
	'FUNCTION Tidy(X)',
	'Ans = X',
	'LOOP',
	'WHILE LEN(Ans) > 1 AND Ans[1,1] = "0" DO',
	'   Ans = Ans[2, 9999]',
	'REPEAT',
	'RETURN(Ans)',
]

/** All ends of a text, one loop in another. */
export const triangle = [
	'FUNCTION Tidy(X)',
	'Ans = ""',
	'FOR I = 1 TO LEN(X)',
	'   FOR J = I TO LEN(X)',
	'      Ans := X[J, 1]',
	'   NEXT J',
	'   Ans := "."',
	'NEXT I',
	'RETURN(Ans)',
]
