/** Packages whose only component makes its rows itself. */
import type { Job } from '#model/job.ts'
import { x } from '../importers/ssis/component-job.ts'
import { added, scriptJob } from '../importers/ssis/scripts/script-job.ts'

/** @param code what makes the rows, which may read the variable `vRows` */
export function makingRows(rows: number, code: string): Job {
	const made = scriptJob({
		body: `    public override void CreateNewOutputRows() {\n        ${code}\n    }`,
		columns: [added('Out', 'wstr', { length: 50 })],
		properties: { ReadOnlyVariables: 'User::vRows' },
		extra: [x.variable('vRows', 3, String(rows))],
	})
	const flows = made.flows.map((flow) => ({
		...flow,
		operators: flow.operators.filter(({ kind }) => kind !== 'read'),
	}))
	return { ...made, flows }
}

/** As many rows as the variable says. */
export const countedRows =
	'for (int i = 0; i < this.Variables.vRows; i++) { Output0Buffer.AddRow(); Output0Buffer.Out = "row " + i; }'
