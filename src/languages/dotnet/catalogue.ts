/** Every operation of scripts, by id and by how scripts spell it. */
import type { Member, ScriptOperation } from './operation.ts'
import { archiveMembers } from './operations/archives.ts'
import { byteStreamMembers } from './operations/byte-streams.ts'
import { characterMembers, characterOperations } from './operations/characters.ts'
import { collectionMembers } from './operations/collections.ts'
import { componentOperations } from './operations/component.ts'
import { compressionMembers } from './operations/compression.ts'
import { conversionMembers, conversionOperations } from './operations/conversions.ts'
import { cultureMembers } from './operations/cultures.ts'
import { adapterMembers } from './operations/data-adapters.ts'
import { tableMembers, tableOperations } from './operations/data-tables.ts'
import { databaseMembers, databaseOperations } from './operations/databases.ts'
import { encodingMembers, encodingOperations } from './operations/encodings.ts'
import { enumerationOperations } from './operations/enumerations.ts'
import { exceptionMembers } from './operations/exceptions.ts'
import { fileHandleMembers } from './operations/file-handles.ts'
import { fileTextMembers } from './operations/file-texts.ts'
import { folderMembers } from './operations/folders.ts'
import { byteAndHashMembers } from './operations/hashing.ts'
import { mailMembers } from './operations/mails.ts'
import { mapMembers } from './operations/maps.ts'
import { momentCountMembers } from './operations/moment-counts.ts'
import { momentMembers } from './operations/moments.ts'
import { baseMembers, bitOperations } from './operations/number-bits.ts'
import { numberQuestionMembers } from './operations/number-questions.ts'
import { numberOperations } from './operations/numbers.ts'
import { nullableOperations, objectOperations } from './operations/objects.ts'
import { outsideMembers } from './operations/outside.ts'
import { pathMembers } from './operations/paths.ts'
import { pauseMembers } from './operations/pauses.ts'
import { queryMembers, queryOperations } from './operations/queries.ts'
import { queueMembers } from './operations/queues.ts'
import { randomMembers } from './operations/random.ts'
import { regularExpressionMembers } from './operations/regular-expressions.ts'
import { roundingMembers } from './operations/rounding.ts'
import { spanPartMembers } from './operations/span-parts.ts'
import { spanMembers } from './operations/spans.ts'
import { splitMembers } from './operations/splitting.ts'
import { concatenation, orEmpty, stringMembers } from './operations/strings.ts'
import { builderMembers, builderOperations } from './operations/text-builders.ts'
import { textFileMembers } from './operations/text-files.ts'
import { caseOperations, placeMembers } from './operations/text-places.ts'
import { textSplitMembers } from './operations/text-splitting.ts'
import { visualBasicOperations } from './operations/visual-basic.ts'
import { visualBasicDateOperations } from './operations/visual-basic-dates.ts'
import { visualBasicNameOperations } from './operations/visual-basic-names.ts'
import { webMembers } from './operations/web-requests.ts'
import { webTextMembers } from './operations/web-texts.ts'
import { weekdayMembers } from './operations/weekdays.ts'
import { weekMembers } from './operations/weeks.ts'
import { xmlMembers } from './operations/xml-documents.ts'

const members: readonly Member[] = [
	...stringMembers,
	...placeMembers,
	...baseMembers,
	...roundingMembers,
	...builderMembers,
	...cultureMembers,
	...splitMembers,
	...textSplitMembers,
	...webTextMembers,
	...weekMembers,
	...numberQuestionMembers,
	...conversionMembers,
	...momentMembers,
	...spanMembers,
	...spanPartMembers,
	...momentCountMembers,
	...collectionMembers,
	...mapMembers,
	...queryMembers,
	...queueMembers,
	...byteAndHashMembers,
	...encodingMembers,
	...outsideMembers,
	...fileTextMembers,
	...folderMembers,
	...pathMembers,
	...textFileMembers,
	...characterMembers,
	...randomMembers,
	...byteStreamMembers,
	...regularExpressionMembers,
	...databaseMembers,
	...tableMembers,
	...adapterMembers,
	...mailMembers,
	...weekdayMembers,
	...pauseMembers,
	...fileHandleMembers,
	...archiveMembers,
	...compressionMembers,
	...exceptionMembers,
	...webMembers,
	...xmlMembers,
]

const operations: ReadonlyMap<string, ScriptOperation> = new Map(
	[
		...numberOperations,
		...caseOperations,
		...bitOperations,
		...encodingOperations,
		...builderOperations,
		...conversionOperations,
		...visualBasicOperations,
		...visualBasicDateOperations,
		...visualBasicNameOperations,
		...componentOperations,
		...databaseOperations,
		...tableOperations,
		...objectOperations,
		...nullableOperations,
		...characterOperations,
		...queryOperations,
		...enumerationOperations,
		concatenation,
		orEmpty,
		...members.map(({ operation }) => operation),
	].map((one) => [one.id, one]),
)

const byName = Map.groupBy(members, ({ owner, name, isStatic }) => memberKey(owner, name, isStatic))

/** Visual Basic does not mind letter case, and C# has no two members that differ by it alone. */
function memberKey(owner: string, name: string, isStatic: boolean): string {
	return `${isStatic ? 'static' : 'instance'} ${owner}.${name}`.toLowerCase()
}

/** @throws Error for an id that no table has: a program only holds ids of the catalogue. */
export function scriptOperation(id: string): ScriptOperation {
	const found = operations.get(id)
	if (found === undefined) throw new Error(`no script operation has the id ${id}`)
	return found
}

/** Overloads of a member, in the order in which they are tried. */
export function overloads(owner: string, name: string, isStatic: boolean): readonly ScriptOperation[] {
	return (byName.get(memberKey(owner, name, isStatic)) ?? []).map(({ operation }) => operation)
}
