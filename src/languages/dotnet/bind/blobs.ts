/** Columns that are streams of bytes to a script: `Row.Text.GetBlobData(0, (int)Row.Text.Length)` and its `Length`. */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Syntax } from '../syntax.ts'
import { callOf, castTo } from './coerce.ts'
import type { ContractColumn } from './contract.ts'
import { pathOf } from './members.ts'
import { outside } from './outside.ts'
import { bind } from './recursion.ts'
import type { MethodScope } from './scope.ts'

const { int } = scriptTypes

/** Undefined for what is no such member of a column. */
export function blobExpression(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	const member = node.kind === 'call' ? node.target : node
	if (member.kind !== 'member' || member.target.kind !== 'member') return undefined
	const column = blobColumn(member.target, scope)
	if (column === undefined) return undefined
	const name = member.name.toLowerCase()
	if (name === 'length') return callOf('Bytes.Length', [bytesOf(column, member.target, scope)], int, node.line)
	if (name !== 'getblobdata' || node.kind !== 'call') return undefined
	const [start, count] = node.args.map(({ value }) => value)
	if (start === undefined || count === undefined) return outside('GetBlobData without a place', node)
	const bytes = bytesOf(column, member.target, scope)
	const isWhole = start.kind === 'literal' && start.text === '0' && isLengthOf(count, member.target)
	if (isWhole) return bytes
	const [from, size] = [start, count].map((one) => castTo(bind(one, scope), int, 'cast', scope.class.language))
	return from === undefined || size === undefined
		? undefined
		: callOf('Bytes.Slice', [bytes, from, size], bytes.type, node.line)
}

function blobColumn(node: Extract<Syntax, { kind: 'member' }>, scope: MethodScope): ContractColumn | undefined {
	if (node.target.kind !== 'name' || !scope.isRow(node.target.name)) return undefined
	const found = scope.class.contract.input?.columns.find((one) => scope.key(one.property) === scope.key(node.name))
	return found?.isBlob === true ? found : undefined
}

/** What the column holds, as the engine hands it out: text as UTF-16 (DT_NTEXT), or in its code page. */
function bytesOf(
	{ type, codePage }: ContractColumn,
	node: Extract<Syntax, { kind: 'member' }>,
	scope: MethodScope,
): ScriptExpression {
	const value = bind(node, scope)
	if (type.kind !== 'string') return value
	if (!type.unicode && codePage !== 1252) return outside('bytes of a column of text in another code page', node)
	const { line } = node
	const name = type.unicode ? 'Encoding.Unicode' : 'Encoding.Latin'
	const encoding = callOf(name, [], { kind: 'thing', name: 'Encoding' }, line)
	return callOf('Encoding.GetBytes', [encoding, value], { kind: 'value', type: { kind: 'binary' } }, line)
}

/** The length of that very column, whatever whole number it is made. */
function isLengthOf(node: Syntax, column: Syntax): boolean {
	if (node.kind === 'cast') return isLengthOf(node.operand, column)
	if (node.kind === 'call') {
		const [only] = node.args
		const name = node.target.kind === 'name' || node.target.kind === 'member' ? node.target.name : ''
		return only !== undefined && /^(?:ToInt32|CInt|CType)$/i.test(name) && isLengthOf(only.value, column)
	}
	if (node.kind !== 'member' || node.name.toLowerCase() !== 'length') return false
	return pathOf(node.target)?.join('.') === pathOf(column)?.join('.') && pathOf(column) !== undefined
}
