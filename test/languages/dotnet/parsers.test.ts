import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPackage } from '#importers/ssis/formats/package-reader.ts'
import type { ExecutableRecord } from '#importers/ssis/formats/records.ts'
import { scriptOfComponent, scriptOfTask } from '#importers/ssis/scripts/storage.ts'
import { parseCSharp } from '#languages/dotnet/csharp/parse.ts'
import type { Parsed, Statement } from '#languages/dotnet/syntax.ts'
import { parseVb } from '#languages/dotnet/vb/parse.ts'

function bodyOf(parsed: Parsed): readonly Statement[] {
	if ('problem' in parsed) throw new Error(`line ${parsed.problem.line}: ${parsed.problem.message}`)
	return parsed.script.classes[0]?.methods[0]?.body ?? []
}

const csharp = (body: string) => parseCSharp(`namespace N { class C { void M() {\n${body}\n} } }`)
const vb = (body: string) => parseVb(`Public Class C\n  Public Sub M()\n${body}\n  End Sub\nEnd Class\n`)

describe('both parsers', () => {
	it('give the same tree for the same code', () => {
		const withoutLines = (statements: readonly Statement[]): unknown =>
			JSON.parse(JSON.stringify(statements, (key, value: unknown) => (key === 'line' ? undefined : value)))
		const one = bodyOf(
			csharp('if (a > 1 && !b) { x = y.Length; } else { Work(x, "t"); } while (true) { i -= 2; break; }'),
		)
		const other = bodyOf(
			vb(
				'If a > 1 AndAlso Not b Then\n x = y.Length\nElse\n Work(x, "t")\nEnd If\nWhile True\n i -= 2\n Exit While\nEnd While',
			),
		)
		expect(withoutLines(other)).toEqual(withoutLines(one))
	})

	it('say what is wrong and where', () => {
		expect(csharp('int x = ;')).toMatchObject({ problem: { line: 2 } })
		expect(vb('x = = 1')).toMatchObject({ problem: { line: 3 } })
		expect(vb('x = "open')).toMatchObject({ problem: { line: 3, message: 'a text without its closing quote' } })
	})
})

describe('Visual Basic', () => {
	it('continues lines after operators, with underscores, and before a point outside of With', () => {
		expect(bodyOf(vb('x = 1 + _\n 2\ny = a &\n b\nz = text\n .Trim()'))).toHaveLength(3)
		const [block] = bodyOf(vb('With mail\n .Subject = "a"\n .Body = "b"\nEnd With'))
		expect(block).toMatchObject({ kind: 'block', body: [{ kind: 'assign' }, { kind: 'assign' }] })
	})

	it('reads single-line and block conditions, loops, cases, handlers', () => {
		const statements = bodyOf(
			vb(
				'If a Then b = 1 : c = 2 Else d = 3\nFor i As Integer = 1 To 9 Step 2\nNext\nFor Each s As String In list\nNext s\nDo Until done\nLoop\nSelect Case n\n Case 1, 3 To 5, Is > 9\n Case Else\nEnd Select\nTry\nCatch ex As Exception When True\nFinally\nEnd Try',
			),
		)
		expect(statements.map(({ kind }) => kind)).toEqual(['if', 'count', 'foreach', 'while', 'switch', 'try'])
		expect(statements[0]).toMatchObject({
			then: [{ kind: 'assign' }, { kind: 'assign' }],
			otherwise: [{ kind: 'assign' }],
		})
	})
})

const corpus = path.resolve('../shared/corpus')

describe.skipIf(!existsSync(corpus))('scripts of public packages', () => {
	it('are all read', () => {
		const read = { csharp: 0, vb: 0 }
		const failed: string[] = []
		for (const file of globSync('**/*.dtsx', { cwd: corpus })) {
			const { package: record } = readPackage(file, readFileSync(path.join(corpus, file)))
			const see = (executable: ExecutableRecord): void => {
				const stored = [
					scriptOfTask(executable.data),
					...(executable.pipeline?.components ?? []).map(scriptOfComponent),
				]
				for (const one of stored) {
					if (one === undefined) continue
					const parsed = one.language === 'vb' ? parseVb(one.text) : parseCSharp(one.text)
					if ('problem' in parsed) failed.push(`${file}:${parsed.problem.line}: ${parsed.problem.message}`)
					else read[one.language] += 1
				}
				executable.executables.forEach(see)
			}
			if (record !== undefined) see(record.root)
		}
		expect(failed).toEqual([])
		expect(read.csharp).toBeGreaterThanOrEqual(80)
		expect(read.vb).toBeGreaterThanOrEqual(8)
	})
})
