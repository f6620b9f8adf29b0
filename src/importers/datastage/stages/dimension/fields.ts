/** The columns of the dimension update link: what each is for, begins with, and takes when its row ends. */
import type { ScdPurpose } from '#model/scd-purposes.ts'
import type { DsColumn } from '../../columns.ts'
import { findDsColumn } from '../../columns.ts'
import type { StageContext } from '../../stage-context.ts'
import { callArgument, callName } from './calls.ts'
import type { DimensionLinks } from './links.ts'
import type { PurposeFacts } from './purposes.ts'
import { readPurposes } from './purposes.ts'
import { isLiteral, readsSource } from './values.ts'

export interface Field {
	readonly column: DsColumn
	readonly purpose: ScdPurpose
	readonly derivation: string
	/** The derivation of its value where no row of the key came before: mostly the derivation itself. */
	readonly start: string
	/** Empty: its value stays when its row ends. */
	readonly expire: string
}

/** Nothing: the stage is refused. */
export function readFields(context: StageContext, links: DimensionLinks): readonly Field[] {
	const { update, reference } = links
	if (update.link.columns.length === 0) context.refuse(`its link ${update.link.name} names no columns`)
	const facts = update.link.columns.map((column) => factsOf(column, links))
	const { byColumn, read, problems } = readPurposes(facts, context.job.scdPurposes)
	for (const problem of problems) context.refuse(problem)
	const numbers = read.map(({ number, purpose, columns }) => `${number} is ${purpose} (${columns.join(', ')})`)
	if (numbers.length > 0) context.differ('RG-D180', `In ${context.stage.name}, ${numbers.join(', ')}.`)
	const keepsHistory = [...byColumn.values()].includes('type-2')
	const fields = update.link.columns.map((column, index): Field => {
		const { derivation = '', expire = '' } = facts[index] ?? {}
		const purpose = byColumn.get(column.name) ?? 'none'
		const expires = keepsHistory && (purpose === 'current-indicator' || purpose === 'expiration-date')
		const start = callName(derivation) === 'prevskchain' ? callArgument(derivation) : derivation
		refuseOdd(context, column, { derivation, expire, purpose, expires })
		if (findDsColumn(reference.stream.schema.columns, column.name) === undefined)
			context.refuse(`the reference link ${reference.link.name} has no column ${column.name}`)
		return { column, purpose, derivation, start, expire: expires ? expire : '' }
	})
	return problems.length === 0 ? fields : []
}

function factsOf(column: DsColumn, { source, reference }: DimensionLinks): PurposeFacts {
	const looked = findDsColumn(reference.link.columns, column.name)
	const derivation = column.dimension?.derivation ?? column.derivation ?? ''
	const expire = column.dimension?.expire ?? ''
	return {
		name: column.name,
		written: column.dimension?.purpose || looked?.dimension?.purpose || '',
		lookedUp: looked?.keyExpression !== undefined,
		derivation,
		expire,
		isMoment: column.type.kind === 'date' || column.type.kind === 'timestamp',
		isFromSource: readsSource(derivation, source),
		expiresToLiteral: isLiteral(expire),
	}
}

interface Written {
	readonly derivation: string
	readonly expire: string
	readonly purpose: ScdPurpose
	readonly expires: boolean
}

/** Gives the stage up where nothing tells a value, or a function stands where it means nothing. */
function refuseOdd(context: StageContext, { name, type }: DsColumn, written: Written): void {
	const { derivation, expire, purpose, expires } = written
	const call = callName(derivation)
	const chains = call === 'nextskchain' || call === 'prevskchain'
	if (derivation.trim() === '')
		context.refuse(`nothing in the export is known to be the derivation of ${name} on the dimension update link`)
	if (expires && expire.trim() === '')
		context.refuse(`nothing in the export is known to be the Expire expression of ${name}`)
	if (call === 'nextskchain')
		context.refuse(
			`${name} chains to the key of the next row (NextSKChain), and whether the row that ends gets that key is told in two ways: by the function it does, by the update actions only the current indicator and the expiration date change`,
		)
	if (chains !== (purpose === 'sk-chain'))
		context.refuse(`${name} is of the purpose ${purpose}, and its derivation is ${derivation.trim() || 'empty'}`)
	if (call !== 'nextsurrogatekey') return
	if (purpose !== 'surrogate-key') context.refuse(`${name} takes surrogate keys and is of the purpose ${purpose}`)
	if (type.kind !== 'int') context.refuse(`its keys are ${type.kind}, not whole numbers`)
}
