/** What loops go over, and the assignments around their passes. */
import type { SourcedExpression } from './expressions.ts'
import type { Value } from './values.ts'

export interface Assignment {
	readonly variable: string
	readonly value: SourcedExpression
}

/** Which value of the current item a variable takes. */
export interface LoopBinding {
	readonly index: number
	readonly variable: string
}

export type LoopOver =
	/** For loop: tested before each pass. */
	| {
			readonly kind: 'condition'
			readonly initial?: Assignment
			readonly while: SourcedExpression
			readonly step?: Assignment
	  }
	/** Whole numbers from `from` to `to`, both included. */
	| {
			readonly kind: 'counter'
			readonly variable: string
			readonly from: SourcedExpression
			readonly to: SourcedExpression
			readonly step: SourcedExpression
	  }
	/** Parts of a text. */
	| {
			readonly kind: 'list'
			readonly values: SourcedExpression
			readonly delimiter: string
			readonly variable: string
	  }
	/** Files of a folder whose name fits a pattern with `*` and `?`, whatever the letter case, by folder and name. */
	| {
			readonly kind: 'files'
			readonly folder: SourcedExpression
			readonly pattern: SourcedExpression
			readonly recurse: boolean
			readonly retrieve: 'path' | 'name-and-extension' | 'name'
			readonly bindings: readonly LoopBinding[]
			/** The loop fails where no file fits. */
			readonly needsFile?: true
	  }
	/** Rows that the export itself holds. */
	| {
			readonly kind: 'items'
			readonly rows: readonly (readonly Value[])[]
			readonly bindings: readonly LoopBinding[]
	  }
	/** Rows that a variable holds: a result set or a recordset. */
	| { readonly kind: 'rows'; readonly variable: string; readonly bindings: readonly LoopBinding[] }
