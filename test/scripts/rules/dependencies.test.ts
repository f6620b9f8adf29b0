import { expect, it } from 'vitest'
import { checkDependencies } from '../../../scripts/rules/dependencies.ts'

const document = '# Dependencies\n\n| package | why |\n| --- | --- |\n| `saxes` | strict |\n| `@types/node` | types |\n'

it('accepts exact versions that are all described', () => {
	const manifest = { dependencies: { saxes: '6.0.0' }, devDependencies: { '@types/node': '24.19.2' } }
	expect(checkDependencies(manifest, document)).toEqual([])
})

it('refuses a version range', () => {
	const manifest = { dependencies: { saxes: '^6.0.0', '@types/node': '24.19.2' } }
	expect(checkDependencies(manifest, document).map(({ what }) => what)).toEqual(['saxes has the version range ^6.0.0.'])
})

it('refuses a dependency without its sentence and a sentence without its dependency', () => {
	const manifest = { dependencies: { saxes: '6.0.0', yaml: '2.9.1' } }
	expect(checkDependencies(manifest, document).map(({ what }) => what)).toEqual([
		'yaml is not in the table.',
		'@types/node is in the table and not in package.json.',
	])
})
