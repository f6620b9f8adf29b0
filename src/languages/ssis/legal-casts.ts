/** Which casts the engine allows. Source: Microsoft, "Cast (SSIS Expression)", the picture of legal casts. */
import type { SsisType, SsisTypeName } from './types.ts'

const integersTo32: readonly SsisTypeName[] = ['DT_I1', 'DT_I2', 'DT_UI1', 'DT_UI2', 'DT_I4', 'DT_UI4']
const numbers: readonly SsisTypeName[] = [
	...integersTo32,
	'DT_I8',
	'DT_UI8',
	'DT_R4',
	'DT_R8',
	'DT_CY',
	'DT_DECIMAL',
	'DT_NUMERIC',
]
const fineDates: readonly SsisTypeName[] = ['DT_DBTIME2', 'DT_DBTIMESTAMP2', 'DT_DBTIMESTAMPOFFSET']
const dates: readonly SsisTypeName[] = [
	'DT_DATE',
	'DT_DBDATE',
	'DT_DBTIME',
	'DT_DBTIMESTAMP',
	'DT_FILETIME',
	...fineDates,
]
const blobs: readonly SsisTypeName[] = ['DT_IMAGE', 'DT_TEXT', 'DT_NTEXT']
const binaries: readonly SsisTypeName[] = ['DT_GUID', 'DT_BYTES']
const texts: readonly SsisTypeName[] = ['DT_STR', 'DT_WSTR']

const never = [...binaries, ...blobs]
const withoutFine = [...never, ...fineDates, 'DT_FILETIME'] as const
const onlyToDate = [...never, ...dates.filter((name) => name !== 'DT_DATE')]

/** Types that a type cannot be cast to. Beyond the engine's own: bytes as numbers or GUIDs, and DT_FILETIME as a number. */
function forbidden(from: SsisTypeName): readonly SsisTypeName[] {
	if (texts.includes(from)) return ['DT_IMAGE']
	if (integersTo32.includes(from) || from === 'DT_R4' || from === 'DT_R8') return withoutFine
	switch (from) {
		case 'DT_I8':
		case 'DT_UI8':
		case 'DT_CY':
			return [...never, ...dates]
		case 'DT_DECIMAL':
			return [...withoutFine, 'DT_DATE']
		case 'DT_NUMERIC':
		case 'DT_BOOL':
			return onlyToDate
		case 'DT_DATE':
			return [...never, 'DT_CY', 'DT_DECIMAL', 'DT_FILETIME']
		case 'DT_GUID':
			return [...numbers, ...dates, ...blobs, 'DT_BYTES', 'DT_BOOL']
		case 'DT_BYTES':
			return [...numbers, ...dates, 'DT_GUID', 'DT_BOOL', 'DT_TEXT', 'DT_NTEXT']
		case 'DT_IMAGE':
			return [...numbers, ...dates, ...texts, 'DT_GUID', 'DT_BOOL', 'DT_TEXT', 'DT_NTEXT']
		case 'DT_TEXT':
		case 'DT_NTEXT':
			return [...numbers, ...dates, ...binaries, 'DT_BOOL', 'DT_IMAGE']
		default:
			return [...numbers, ...never, 'DT_BOOL']
	}
}

export function castIsLegal(from: SsisType, to: SsisType): boolean {
	return from.name === to.name || !forbidden(from.name).includes(to.name)
}
