import { describe, expect, it } from 'vitest'
import { pysparkValue } from '#languages/pyspark.ts'
import { fn, lit } from '#languages/python.ts'
import { lowerSsis } from '#languages/ssis/lower.ts'
import type { SsisSymbols } from '#languages/ssis/symbols.ts'
import { formatType, parseType } from '#languages/ssis/types.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'

const columns: Readonly<Record<string, string>> = {
	Name: 'DT_WSTR,50',
	Code: 'DT_STR,10,1252',
	Qty: 'DT_I4',
	Small: 'DT_I2',
	Byte: 'DT_UI1',
	Huge: 'DT_UI8',
	Price: 'DT_CY',
	Amount: 'DT_NUMERIC,18,2',
	Ratio: 'DT_R8',
	Day: 'DT_DBDATE',
	At: 'DT_DBTIMESTAMP',
	Clock: 'DT_DBTIME',
	Ole: 'DT_DATE',
	Blob: 'DT_NTEXT',
	Yes: 'DT_BOOL',
}

const symbols: SsisSymbols = {
	columns: Object.entries(columns).flatMap(([name, spelled], at) => {
		const type = parseType(spelled)
		return type === undefined ? [] : [{ name, type, lineageId: String(at), component: 'Source' }]
	}),
	variables: [
		{ namespace: 'User', name: 'Count', type: { name: 'DT_I4' }, as: { kind: 'variable', name: 'User::Count' } },
		{
			namespace: 'System',
			name: 'PackageName',
			type: { name: 'DT_WSTR' },
			as: { kind: 'variable', name: 'System::PackageName' },
		},
		{ namespace: '$Package', name: 'Env', type: { name: 'DT_WSTR' }, as: { kind: 'parameter', name: 'Env' } },
	],
}

const lower = (text: string) => lowerSsis(text, symbols)
const typeOf = (text: string): string => {
	const { type, problems } = lower(text)
	return type === undefined ? `${problems[0]?.kind}: ${problems[0]?.code}` : formatType(type)
}
const spark = (text: string): string =>
	pysparkValue(lower(text).expression.expression, {
		column: (name) => fn('col', name),
		parameter: (name) => fn('col', name),
		variable: (name) => fn('col', name),
		runAt: lit('now'),
		runFact: (name) => lit(name),
	}).code

describe('types', () => {
	it.each([
		['Small + Byte', 'DT_I2'],
		['Qty * Ratio', 'DT_R8'],
		['Qty / 2', 'DT_I4'],
		['Amount * Qty', 'DT_NUMERIC,29,2'],
		['Price * Qty', 'DT_NUMERIC,30,4'],
		['Price + Price', 'DT_CY'],
		['Amount / 3', 'DT_NUMERIC,29,13'],
		['Name + "-" + Code', 'DT_WSTR,61'],
		['Code', 'DT_WSTR,10'],
		['(DT_STR,5,1252)Name', 'DT_STR,5,1252'],
		['LEN((DT_STR,5,1252)Name) > 0 ? (DT_STR,5,1252)Name : "?"', 'DT_WSTR,5'],
		['Day == At ? Day : At', 'DT_DBTIMESTAMP'],
		['ISNULL(Blob)', 'DT_BOOL'],
		['ABS(Price)', 'DT_CY'],
		['DATEADD("mm", 1, Day)', 'DT_DBTIMESTAMP'],
		['REPLACENULL(Name, "")', 'DT_WSTR,50'],
	])('%s is %s', (text, expected) => expect(typeOf(text)).toBe(expected))
})

describe('refusals', () => {
	it.each([
		['Qty + Huge', 'type: expression/type'],
		['Name == 5', 'type: expression/type'],
		['Name == At', 'type: expression/type'],
		['Clock == At', 'type: expression/type'],
		['Yes + 1', 'type: expression/type'],
		['-Huge', 'type: expression/type'],
		['UPPER(Blob)', 'type: expression/type'],
		['(DT_GUID)Qty', 'type: expression/type'],
		['NULL(DT_STR,10,1252) + Name', 'type: expression/type'],
		['Qty ? 1 : 2', 'type: expression/type'],
		['Nothing', 'parse: expression/unknown-name'],
		['@count', 'parse: expression/unknown-name'],
		['GREATEST(1, 2)', 'parse: expression/unknown-function'],
		['LEFT(Name)', 'parse: expression/syntax'],
		['DATEPART("fortnight", At)', 'argument: expression/type'],
	])('%s: %s', (text, expected) => {
		expect(typeOf(text)).toBe(expected)
		expect(lower(text).expression.expression).toMatchObject({ kind: 'opaque', text })
	})
})

describe('names', () => {
	const named = (text: string): readonly string[] => {
		const names: string[] = []
		visit(lower(text).expression.expression, (part: Expression) => {
			if (part.kind === 'column' || part.kind === 'variable' || part.kind === 'parameter')
				names.push(`${part.kind} ${part.name}`)
		})
		return names
	}

	it('are found by name, component, lineage id and namespace', () => {
		expect(named('[name] + Source.Code + #0')).toEqual(['column Name', 'column Code', 'column Name'])
		expect(named('(DT_WSTR,9)@Count + @PackageName + @[$Package::Env]')).toEqual([
			'variable User::Count',
			'variable System::PackageName',
			'parameter Env',
		])
	})
})

describe('on Spark', () => {
	it('a null condition gives null, not the other branch', () => {
		expect(spark('Qty > 5 ? "big" : "small"')).toBe(
			'F.when(F.col("Qty") > 5, F.lit("big")).when(~(F.col("Qty") > 5), F.lit("small"))',
		)
	})

	it('counts UTF-16 units only where characters may be two of them', () => {
		expect(spark('SUBSTRING(Code,1,3)')).toBe('F.col("Code").substr(F.lit(1), F.lit(3))')
		expect(spark('LEN(Name)')).toBe('utf16_length(F.col("Name"))')
	})

	it('converts numbers that are written out at once', () => {
		expect(spark('Ratio > 0.5')).toBe('F.col("Ratio") > 0.5')
		expect(spark('Amount * -1')).toBe('F.col("Amount") * F.lit("-1").cast("decimal(10,0)")')
	})

	it('keeps exact types in the format of a cast where the model is coarser', () => {
		expect(lower('(DT_WSTR,30)Ole').expression.expression).toMatchObject({ format: 'from=DT_DATE;to=DT_WSTR,30' })
		expect(lower('(DT_WSTR,30)Day').expression.expression).not.toHaveProperty('format')
	})
})
