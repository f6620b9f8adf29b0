import { describe, expect, it } from 'vitest'
import { outcomesOf } from '#reference/scripts/branches.ts'
import { added, scriptJob } from '../../importers/ssis/scripts/script-job.ts'

/** Branches of a component that makes rows with this code, without the lines of the file. */
function branches(code: string, more = ''): readonly string[] {
	const body = `    public override void CreateNewOutputRows() {\n${code}\n    }\n${more}`
	const job = scriptJob({ body, columns: [added('Out', 'wstr', { length: 50 })] })
	const [program] = job.flows.flatMap(({ operators }) =>
		operators.flatMap((one) => (one.kind === 'script' ? [one.program] : [])),
	)
	if (program === undefined) throw new Error(job.accounting.map(({ reason }) => reason).join())
	return outcomesOf(program).map((what) => what.replace(/^line \d+: /, ''))
}

const row = 'Output0Buffer.AddRow();'

describe('a decision of a script that goes one way each time has one branch', () => {
	it('a loop over bytes that the method spells out is never passed by', () => {
		const code = `byte[] wanted = { 0x01, 0x02 };
			for (int i = 0; i < wanted.Length; i++) { ${row} }`
		expect(branches(code)).toEqual(['loop entered'])
	})

	it('a parameter to which every call hands the same decides nothing', () => {
		const text = `private string Text(int size, bool lower) {
			string made = "";
			for (int i = 1; i < size + 1; i++) { made += "A"; }
			if (lower) return made.ToLower();
			return made;
		}`
		const call = (lower: string): string => `${row} Output0Buffer.Out = Text(5, ${lower});`
		expect(branches(`${call('false')} ${call('false')}`, text)).toEqual(['loop entered', 'if else'])
		expect(branches(`${call('false')} ${call('true')}`, text)).toEqual(['loop entered', 'if then', 'if else'])
	})

	it('what a pass of a loop changes is open behind it', () => {
		const code = `int sum = 0;
			for (int i = 0; i < 3; i++) { if (sum > 2) { ${row} } sum += i; }
			if (sum > 2) { ${row} }`
		expect(branches(code)).toEqual(['loop entered', 'if then', 'if else', 'if then', 'if else'])
	})

	it('a list that something may change is open', () => {
		const code = (change: string): string => `var texts = new System.Collections.Generic.List<string>();
			${change}
			if (texts.Count > 0) { ${row} }`
		expect(branches(code(''))).toEqual(['if else'])
		expect(branches(code('texts.Add("a");'))).toEqual(['if then', 'if else'])
	})

	it('the clock is never told in advance', () => {
		expect(branches(`if (DateTime.Now.Year > 2000) { ${row} }`)).toEqual(['if then', 'if else'])
	})
})
