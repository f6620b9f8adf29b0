import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeArtifacts } from '#pipeline/write-artifacts.ts'

let out = ''
const artifact = (file: string, text: string) => ({ path: file, text, traces: [] })

beforeEach(() => {
	out = mkdtempSync(path.join(tmpdir(), 'artifacts-'))
})

describe('writing artifacts', () => {
	it('writes what differs and nothing the second time', () => {
		const artifacts = [artifact('u/glue_jobs/a.py', '1\n'), artifact('terraform/main.tf', '2\n')]
		expect([writeArtifacts(out, 'u', artifacts), writeArtifacts(out, 'u', artifacts)]).toEqual([2, 0])
		expect(readFileSync(path.join(out, 'u/glue_jobs/a.py'), 'utf8')).toBe('1\n')
	})

	it('removes what the unit no longer has, but neither decisions, reconciliations nor other units', () => {
		writeArtifacts(out, 'u', [artifact('u/old.py', '1\n')])
		writeArtifacts(out, 'v', [artifact('v/a.py', '1\n')])
		mkdirSync(path.join(out, 'u/evidence/reconcile'), { recursive: true })
		writeFileSync(path.join(out, 'u/evidence/reconcile/a-1.json'), '{}\n')
		writeFileSync(path.join(out, 'u/decisions.yml'), 'accepted: []\n')
		writeArtifacts(out, 'u', [artifact('u/new.py', '1\n')])
		expect(
			['u/old.py', 'u/new.py', 'u/decisions.yml', 'u/evidence/reconcile/a-1.json', 'v/a.py'].filter((file) =>
				existsSync(path.join(out, file)),
			),
		).toEqual(['u/new.py', 'u/decisions.yml', 'u/evidence/reconcile/a-1.json', 'v/a.py'])
	})

	it('refuses a path that leaves the output folder', () => {
		expect(() => writeArtifacts(out, 'u', [artifact('../evil.py', 'x')])).toThrow('outside')
	})
})
