/** A definition as it is read from a file. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface Machine {
	readonly StartAt: string
	readonly States: Readonly<Record<string, State>>
}

export interface State {
	readonly Type: 'Pass' | 'Task' | 'Choice' | 'Parallel' | 'Map' | 'Wait' | 'Succeed' | 'Fail'
	readonly Resource?: string
	readonly Arguments?: Json
	readonly Assign?: Json
	readonly Output?: Json
	readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Output?: Json; readonly Next: string }[]
	readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[]
	readonly Branches?: readonly Machine[]
	readonly Items?: Json
	readonly ItemProcessor?: Machine
	readonly Seconds?: number
	readonly Error?: string
	readonly Cause?: string
	readonly Default?: string
	readonly Next?: string
	readonly End?: boolean
}

/** The definition of a generated file: Terraform's escapes undone, its placeholders left as they are. */
export function readDefinition(text: string): Machine {
	return JSON.parse(text.replaceAll('$${', '${').replaceAll('%%{', '%{')) as Machine
}
