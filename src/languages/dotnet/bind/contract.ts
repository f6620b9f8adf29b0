/** What stands around a script: what it may read and write, under the names by which it calls these. */
import type { ScriptType } from '#model/scripts.ts'
import type { DataType } from '#model/types.ts'

export interface ContractVariable {
	/** As the job knows it. */
	readonly name: string
	/** As the package calls it: `User::Rows`, `$Package::Folder`. */
	readonly called: string
	readonly kind: 'variable' | 'parameter'
	readonly type: ScriptType
	readonly isWritable: boolean
	/** Among those that the script asks for; the others it can only lock itself. */
	readonly isListed: boolean
}

export interface ContractColumn {
	/** As the script spells it: the column's name without what no identifier can hold. */
	readonly property: string
	/** As the link calls it. */
	readonly name: string
	readonly type: DataType
	/** A stream of bytes to the script: DT_IMAGE, DT_TEXT and DT_NTEXT. */
	readonly isBlob: boolean
	/** Of a text in the characters of a code page. */
	readonly codePage?: number
	readonly isReadable: boolean
	readonly isWritable: boolean
}

export interface ContractOutput {
	readonly port: string
	/** `Output0`: its buffer is `Output0Buffer`, rows are sent to it by `DirectRowToOutput0`. */
	readonly property: string
	/** Takes rows of the input as they pass. */
	readonly isSynchronous: boolean
	readonly columns: readonly ContractColumn[]
}

export interface ContractDatabase {
	/** As the job knows the connection. */
	readonly name: string
	/** Only managers of ADO.NET hand out connections that a script can use. */
	readonly isAdoNet: boolean
}

/** What a connection manager hands to a script: the text that the export states, or the variable that holds it. */
export type ConnectionText =
	| string
	| {
			readonly kind: 'variable' | 'parameter'
			readonly name: string
			/** The path of a file, which the script may set. */
			readonly mayBeSet?: true
	  }

export interface ScriptContract {
	/** The component, where the script sees rows. */
	readonly component?: string
	readonly variables: readonly ContractVariable[]
	/** Columns of the row of the input: those that the script may read, and those of a synchronous output. */
	readonly input?: { readonly property: string; readonly columns: readonly ContractColumn[] }
	readonly outputs: readonly ContractOutput[]
	/** Text of a connection manager, undefined where a run computes it by more than a variable. */
	readonly connections: ReadonlyMap<string, ConnectionText | undefined>
	/** Connections of the job by the databases that they name; absent: the script may open none of its own. */
	readonly places?: ReadonlyMap<string, string>
	/** Columns that an error can be about, by the numbers that they have in redirected rows: where they stand in the data flow. */
	readonly columnNames?: ReadonlyMap<number, string>
	/** Connection managers of databases, by their names in the package. */
	readonly databases?: ReadonlyMap<string, ContractDatabase>
}

/** A name as the designer spells it in code: letters and digits alone; `Order_ID` is `OrderID` (seen in packages). */
export function propertyName(name: string): string {
	return name.replace(/[^\p{L}\p{N}]/gu, '')
}
