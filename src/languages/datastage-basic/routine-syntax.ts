/** The tree of a BASIC routine: what its statements say, as far as a function of its arguments needs it. */
import type { Span } from '#model/provenance.ts'
import type { ExpressionProblem } from '../datastage-parallel/syntax.ts'
import type { SyntaxNode } from './syntax.ts'

interface StatementBase {
	readonly span: Span
}
export interface AssignStatement extends StatementBase {
	readonly kind: 'assign'
	readonly name: string
	readonly value: SyntaxNode
}
export interface IfStatement extends StatementBase {
	readonly kind: 'if'
	readonly condition: SyntaxNode
	readonly then: readonly Statement[]
	readonly otherwise: readonly Statement[]
}
export interface ForStatement extends StatementBase {
	readonly kind: 'for'
	readonly variable: string
	readonly from: SyntaxNode
	readonly to: SyntaxNode
	readonly step: SyntaxNode | undefined
	readonly body: readonly Statement[]
}
/** LOOP … REPEAT with WHILE and UNTIL anywhere inside. */
export interface LoopStatement extends StatementBase {
	readonly kind: 'loop'
	readonly body: readonly Statement[]
}
/** WHILE and UNTIL: the loop around it goes on only where the condition is true, or only where it is not. */
export interface WhileStatement extends StatementBase {
	readonly kind: 'while'
	readonly condition: SyntaxNode
	readonly until: boolean
}
/** EXIT ends the loop around it, CONTINUE begins its next turn. */
export interface LeaveStatement extends StatementBase {
	readonly kind: 'exit' | 'continue'
}
/** RETURN; without a value it gives `Ans`, or goes back to where a GOSUB stands. */
export interface ReturnStatement extends StatementBase {
	readonly kind: 'return'
	readonly value: SyntaxNode | undefined
}
/** A place in the routine that GOSUB and GOTO name. */
export interface LabelStatement extends StatementBase {
	readonly kind: 'label'
	readonly name: string
}
export interface JumpStatement extends StatementBase {
	readonly kind: 'gosub' | 'goto'
	readonly label: string
}
/** CALL of a subroutine. */
export interface CallStatement extends StatementBase {
	readonly kind: 'call'
	readonly name: string
	readonly args: readonly SyntaxNode[]
}
/** A statement that does something else: its first word tells what. */
export interface OtherStatement extends StatementBase {
	readonly kind: 'other'
	readonly word: string
}

export type Statement =
	| AssignStatement
	| CallStatement
	| IfStatement
	| ForStatement
	| LoopStatement
	| WhileStatement
	| LeaveStatement
	| ReturnStatement
	| LabelStatement
	| JumpStatement
	| OtherStatement

export interface Routine {
	readonly name: string
	readonly parameters: readonly string[]
	readonly body: readonly Statement[]
	readonly problems: readonly ExpressionProblem[]
	readonly text: string
}
