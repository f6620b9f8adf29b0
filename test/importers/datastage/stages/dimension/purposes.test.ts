import { describe, expect, it } from 'vitest'
import type { PurposeFacts } from '#importers/datastage/stages/dimension/purposes.ts'
import { readPurposes } from '#importers/datastage/stages/dimension/purposes.ts'

const fact = (name: string, written: string, more: Partial<PurposeFacts> = {}): PurposeFacts => ({
	name,
	written,
	lookedUp: false,
	derivation: `src.${name}`,
	expire: '',
	isMoment: false,
	isFromSource: true,
	expiresToLiteral: false,
	...more,
})
const key = (written: string) => fact('SK', written, { derivation: 'NextSurrogateKey()', isFromSource: false })
const customer = (written: string) => fact('CUST', written, { lookedUp: true })
const indicator = (written: string) =>
	fact('CURR', written, { derivation: "'Y'", isFromSource: false, expire: "'N'", expiresToLiteral: true })
const end = (written: string) =>
	fact('ENDED', written, { isMoment: true, isFromSource: false, expire: 'CurrentDate()' })
const begin = (written: string) => fact('BEGAN', written, { isMoment: true, isFromSource: false })
const chain = (written: string) => fact('BEFORE', written, { derivation: 'PrevSKChain(0)', isFromSource: false })

const known = (columns: readonly PurposeFacts[], told = {}) => {
	const { byColumn, problems } = readPurposes(columns, told)
	return problems.length === 0 ? Object.fromEntries(byColumn) : problems
}

describe('purposes in words', () => {
	it('count in any spelling, and are no declared difference', () => {
		const columns = [
			key('SURROGATE_KEY'),
			customer('Business Key'),
			fact('NAME', 'type1'),
			fact('TOWN', 'Type 2'),
			indicator('Current Indicator (Type 2)'),
			begin('effective-date'),
			end('Expiration Date'),
			chain('SK Chain'),
			fact('NOTE', ''),
			fact('MORE', '0'),
		]
		expect(known(columns)).toEqual({
			SK: 'surrogate-key',
			CUST: 'business-key',
			NAME: 'type-1',
			TOWN: 'type-2',
			CURR: 'current-indicator',
			BEGAN: 'effective-date',
			ENDED: 'expiration-date',
			BEFORE: 'sk-chain',
			NOTE: 'none',
			MORE: 'none',
		})
		expect(readPurposes(columns, {}).read).toEqual([])
	})

	it('are told when they are none of the stage’s', () => {
		expect(known([fact('NAME', 'Type 3')])).toEqual(['the purpose of NAME is "Type 3", which is none of the stage’s'])
	})
})

describe('purposes as numbers', () => {
	it('follow from what the columns do', () => {
		const columns = [key('6'), customer('1'), indicator('2'), begin('3'), end('4'), chain('5'), fact('TOWN', '8')]
		expect(known([...columns, fact('STREET', '8')])).toEqual({
			SK: 'surrogate-key',
			CUST: 'business-key',
			CURR: 'current-indicator',
			BEGAN: 'effective-date',
			ENDED: 'expiration-date',
			BEFORE: 'sk-chain',
			// One column of Type 2 there has to be where rows expire.
			TOWN: 'type-2',
			STREET: 'type-2',
		})
	})

	it('are Type 1 where no row expires, and nothing else is left', () => {
		expect(known([key('6'), customer('1'), fact('NAME', '7')])).toMatchObject({ NAME: 'type-1' })
		expect(known([customer('1'), fact('NAME', '7'), fact('TOWN', '7')])).toMatchObject({ TOWN: 'type-1' })
	})

	it('are asked for where several are left', () => {
		// Alone it may be a surrogate key that comes from the source.
		expect(known([customer('1'), fact('NAME', '7')])).toEqual([expect.stringContaining('leaves several for 7 (NAME);')])
		const unclear = [key('6'), customer('1'), fact('NAME', '7'), fact('TOWN', '8')]
		expect(known(unclear)).toEqual([expect.stringContaining('leaves several for 7 (NAME) and 8 (TOWN);')])
		const both = [...unclear, indicator('2')]
		expect(known(both)).toEqual([expect.stringContaining('`datastage: {scd_purposes: {7: type-1, 8: type-1}}`')])
		const dates = [
			key('6'),
			customer('1'),
			fact('TOWN', '8'),
			indicator('2'),
			begin('3'),
			{ ...begin('7'), name: 'LOADED' },
		]
		expect(known(dates)).toEqual([expect.stringContaining('leaves several for 8 (TOWN) and 3 (BEGAN) and 7 (LOADED);')])
		expect(known(both, { '7': 'type-1' })).toMatchObject({ NAME: 'type-1', TOWN: 'type-2' })
		expect(known(both, { '8': 'type-1' })).toMatchObject({ NAME: 'type-2', TOWN: 'type-1' })
	})
})

describe('contradictions to the rules of the stage', () => {
	it.each([
		[
			'two surrogate keys',
			[key('Surrogate Key'), fact('OTHER', 'Surrogate Key')],
			'several columns of the purpose surrogate-key (SK, OTHER)',
		],
		[
			'Type 2 without a mark',
			[customer('Business Key'), fact('TOWN', 'Type 2')],
			'TOWN is of Type 2, and no column is a current indicator',
		],
		[
			'a mark without Type 2',
			[fact('NAME', 'Type 1'), indicator('Current Indicator')],
			'CURR needs a column of Type 2',
		],
		[
			'a chain without keys',
			[fact('TOWN', 'Type 2'), indicator('Current Indicator'), chain('SK Chain')],
			'BEFORE chains surrogate keys',
		],
	])('%s', (_what, columns, reason) => {
		expect(known(columns)).toEqual([expect.stringContaining(reason)])
	})
})
