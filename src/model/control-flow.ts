/** The control flow of a job: tasks, and the precedence between them. A DataStage parallel job is one data flow task. */
import type { ArchiveWork } from './archives.ts'
import type { ClusterAction } from './clusters.ts'
import type { Expression, SourcedExpression } from './expressions.ts'
import type { Assignment, LoopOver } from './loops.ts'
import type { Provenance } from './provenance.ts'
import type { ScriptProgram } from './scripts.ts'
import type { DataType } from './types.ts'
import type { XmlWork } from './xml-queries.ts'

interface TaskBase {
	/** The source's own path: `Package\Load customers`. */
	readonly id: string
	/** Id of the accounted element. */
	readonly element: string
	readonly name: string
	/** The tool's own id of it, a GUID, where the source shows it to handlers of events. */
	readonly sourceId?: string
	readonly provenance: Provenance
	/** A disabled task is skipped and counts as success. */
	readonly disabled: boolean
	/** Computed each time the task would start; where it holds, the task is skipped like a disabled one. */
	readonly disabledWhen?: SourcedExpression
	/** What runs at its own events and at those of the tasks inside it. */
	readonly handlers?: readonly EventHandler[]
	/** What its failure means to what is around it, where that is not the usual. */
	readonly failure?: FailureRules
}

/** Usually the first error fails a container, and errors climb to every container around. */
export interface FailureRules {
	/** Errors inside a container that make it fail: 1 where absent, 0 = none ever does. */
	readonly maximumErrors?: number
	/** How the task counts for the precedences that leave it, whatever happened. Its errors count all the same. */
	readonly outcome?: 'success' | 'failure'
}

/**
 * An error climbs: handlers of the task that failed run first, then those of the containers around it, the job's last.
 * The events of containers are their own start and end, too.
 */
export interface EventHandler {
	readonly event: TaskEvent
	/** Id of the handler, `Package.EventHandlers[OnError]`. */
	readonly id: string
	readonly body: ControlFlow
	/** The event ends here: containers further out neither handle it nor count its error. */
	readonly contains: boolean
	readonly provenance: Provenance
}

/**
 * `error` and, after it, `task-failed` come from tasks only. A `warning` comes from containers and the job: that errors in them
 * have made them fail.
 */
export type TaskEvent = 'pre-execute' | 'post-execute' | 'error' | 'task-failed' | 'warning'

export interface DataFlowTask extends TaskBase {
	readonly kind: 'data-flow'
	/** Id of the `DataFlow`. */
	readonly flow: string
}

export interface SqlParameter {
	readonly direction: 'input' | 'output' | 'return'
	readonly variable: string
	readonly type: DataType
}

export interface SqlTask extends TaskBase {
	readonly kind: 'execute-sql'
	readonly connection: string
	/** Batches (split at GO), run in order; only the first may return the result. */
	readonly batches: readonly SourcedExpression[]
	/** Path of a file with the batches, read when the task runs; `batches` is empty then. */
	readonly file?: SourcedExpression
	readonly parameters: readonly SqlParameter[]
	readonly result:
		| { readonly kind: 'none' }
		| {
				readonly kind: 'single-row'
				readonly bindings: readonly { readonly column: string | number; readonly variable: string }[]
		  }
		| { readonly kind: 'rows'; readonly variable: string }
		/** The first column of all rows, joined; databases deliver long XML in pieces. `root`: the element put around it. */
		| { readonly kind: 'xml'; readonly variable: string; readonly root?: string }
}

export interface SequenceTask extends TaskBase {
	readonly kind: 'sequence'
	readonly body: ControlFlow
}

/** Assigns variables, one after another (Expression task, User Variables activity). */
export interface AssignTask extends TaskBase {
	readonly kind: 'assign'
	readonly assignments: readonly Assignment[]
	/** Computed after them: where it holds, the task has failed (a routine of a sequence that gives something else than 0). */
	readonly failsWhen?: SourcedExpression
}

/** Runs its body once for each thing that it goes over. A failing pass ends it, unless its rules of failure allow more. */
export interface LoopTask extends TaskBase {
	readonly kind: 'loop'
	readonly over: LoopOver
	readonly body: ControlFlow
	/** Task of the body that asks for the next pass (End Loop); a pass that does not reach it is the last. Absent: every pass does. */
	readonly continues?: string
}

/** Starts another job and waits for its end. */
export interface RunJobTask extends TaskBase {
	readonly kind: 'run-job'
	/** Name or path as the export spells it. */
	readonly job: SourcedExpression
	readonly reference: 'project' | 'file' | 'server' | 'sequence'
	readonly parameters: readonly { readonly name: string; readonly value: SourcedExpression }[]
	readonly mode: 'run' | 'reset-then-run' | 'validate' | 'reset'
	readonly outputs?: readonly TaskOutput[]
}

/** What a task tells about its end: a job's status and user status, a command's return value and what it wrote. */
export interface TaskOutput {
	readonly what: 'status' | 'user-status' | 'job-name' | 'return-value' | 'command-output' | 'command-name'
	readonly variable: string
}

export type FileOperation =
	| 'copy-file'
	| 'move-file'
	| 'delete-file'
	| 'rename-file'
	| 'create-folder'
	| 'copy-folder'
	| 'move-folder'
	| 'delete-folder'
	| 'empty-folder'

export interface FileTask extends TaskBase {
	readonly kind: 'file-operation'
	readonly operation: FileOperation
	/** The path worked on; a path of the export, which the plan relocates. */
	readonly source: SourcedExpression
	readonly destination?: SourcedExpression
	/** The destination is a folder, which takes the source under its own name; otherwise it is one where it exists as such. */
	readonly intoFolder: boolean
	/** What stands at the destination is replaced; otherwise the task fails. */
	readonly overwrite: boolean
	/** A folder to be made may be there already; otherwise the task fails. */
	readonly useExisting: boolean
	/** Only the run shows whether the destination is a folder. */
	readonly mayBeFolder?: boolean
	/** A file to be deleted may be absent (`rm -f`). Absent: the task fails. */
	readonly mayBeAbsent?: boolean
	readonly outputs?: readonly TaskOutput[]
}

/** Files whose paths fit a pattern: removed, moved, copied, or told about. */
export interface FilesTask extends TaskBase {
	readonly kind: 'files'
	readonly action: 'delete' | 'move' | 'copy' | 'list'
	/**
	 * The texts between the asterisks of the pattern. A path fits that begins with the first, ends with the last and has the
	 * others between them in their order; an asterisk stands for no slash, and at the beginning of a name for no full stop. The
	 * first text holds the folder, as the export spells it.
	 */
	readonly pattern: readonly SourcedExpression[]
	/** What fits may be a folder, and stands for everything in it. */
	readonly whole: boolean
	/** Only what was changed more than so many whole days ago. */
	readonly olderThanDays?: SourcedExpression
	/** Folder to move or copy to; what is there under the same name is replaced. */
	readonly destination?: SourcedExpression
	/** The task fails where nothing fits. */
	readonly needsFile: boolean
	/** What it writes as a command: how many there are, the newest, all in the order of their names. */
	readonly tells: 'nothing' | 'count' | 'newest' | 'paths'
	readonly outputs?: readonly TaskOutput[]
}

/** Reads a small text file, as commands do whose output a sequence reads. */
export interface ReadFileTask extends TaskBase {
	readonly kind: 'read-file'
	readonly path: SourcedExpression
	/** What it writes as a command: all lines, the first, the last, or how many there are. */
	readonly tells: 'lines' | 'first-line' | 'last-line' | 'count'
	readonly outputs?: readonly TaskOutput[]
}

export interface MailTask extends TaskBase {
	readonly kind: 'mail'
	/** Connection that names the mail server. */
	readonly connection: string
	readonly from: SourcedExpression
	/** Addresses, separated by semicolons or commas. */
	readonly to: SourcedExpression
	readonly cc: SourcedExpression
	readonly bcc: SourcedExpression
	readonly subject: SourcedExpression
	readonly text: SourcedExpression
	/** Paths of files, separated by `|`. */
	readonly attachments: SourcedExpression
	readonly priority: 'low' | 'normal' | 'high'
}

/** Works on a file server (FTP): sends or fetches files whose names fit a pattern with `*` and `?`, or changes what is there. */
export interface TransferTask extends TaskBase {
	readonly kind: 'file-transfer'
	readonly operation: 'send' | 'receive' | 'delete' | 'create-folder' | 'remove-folder'
	/** Connection that names the server. */
	readonly connection: string
	/** Folder on the server that takes what is sent; otherwise the path worked on. */
	readonly remote: SourcedExpression
	/** Files to send, or the folder that takes what is fetched; a path of the export, which the plan relocates. */
	readonly local?: SourcedExpression
	/** What stands at the destination is replaced; otherwise the task fails. */
	readonly overwrite: boolean
	/** The server translates the ends of lines. */
	readonly asText: boolean
	/** What the server refuses is told, and the task goes on. */
	readonly mayFail: boolean
	/**
	 * The server speaks SFTP. A folder goes with all that is in it; a path that ends with a slash takes what comes under its own
	 * name, another is the new name. `removes`: files are deleted where they came from.
	 */
	readonly overSsh?: { readonly removes: SourcedExpression }
}

export interface ClusterTask extends TaskBase {
	readonly kind: 'cluster'
	readonly action: ClusterAction
}

/** Does no work: a place where triggers meet (Sequencer), part (Nested Condition) or end (End Loop). */
export interface BarrierTask extends TaskBase {
	readonly kind: 'barrier'
}

/** Ends the sequence as aborted (Terminator activity), or the package as failed. */
export interface TerminateTask extends TaskBase {
	readonly kind: 'terminate'
	readonly message: string
	/** Jobs that still run are asked to stop, or left alone. */
	readonly sends: 'abort' | 'stop'
}

/** Waits until a file is there, or gone. It fails when the time is over. */
export interface WaitForFileTask extends TaskBase {
	readonly kind: 'wait-for-file'
	readonly path: SourcedExpression
	readonly until: 'appears' | 'disappears'
	/** Absent: it waits for ever. */
	readonly timeoutSeconds?: number
	readonly outputs?: readonly TaskOutput[]
}

/** Foreign code that works on variables and on the outside. */
export interface ScriptTask extends TaskBase {
	readonly kind: 'script'
	readonly program: ScriptProgram
	/** Variables and parameters that it reads, and variables that it sets. */
	readonly reads: readonly string[]
	readonly writes: readonly string[]
}

/** Asks an XML document something and keeps the answer as a text. */
export type XmlTask = TaskBase & XmlWork

export type ArchiveTask = TaskBase & ArchiveWork

/** Lets time pass. */
export interface PauseTask extends TaskBase {
	readonly kind: 'pause'
	readonly milliseconds: number
}

/** Sets the text that a job tells the sequence that started it (DataStage: DSSetUserStatus). The last one set counts. */
export interface UserStatusTask extends TaskBase {
	readonly kind: 'user-status'
	readonly value: SourcedExpression
}

export interface OpaqueTask extends TaskBase {
	readonly kind: 'opaque'
	readonly sourceType: string
	readonly reason: string
	readonly text: string
	/** Tasks inside it (an unsupported loop): read and shown, never reached. */
	readonly body?: ControlFlow
}

export type Task =
	| ArchiveTask
	| AssignTask
	| BarrierTask
	| ClusterTask
	| DataFlowTask
	| FileTask
	| FilesTask
	| LoopTask
	| MailTask
	| OpaqueTask
	| PauseTask
	| ReadFileTask
	| RunJobTask
	| ScriptTask
	| SequenceTask
	| SqlTask
	| TerminateTask
	| TransferTask
	| UserStatusTask
	| WaitForFileTask
	| XmlTask

/** An edge: `to` may start when `from` has ended as stated and/or the expression holds. */
export interface Precedence {
	readonly id: string
	readonly from: string
	readonly to: string
	/** Absent: the outcome does not matter, only the expression does. */
	readonly outcome?: 'success' | 'failure' | 'completion' | 'warning' | 'otherwise'
	readonly condition?: SourcedExpression
	/** Outcome and condition: both needed, or either. */
	readonly combine: 'and' | 'or'
	readonly provenance: Provenance
}

export interface ControlFlow {
	/** In an order in which every task stands after those before it. */
	readonly tasks: readonly Task[]
	readonly precedences: readonly Precedence[]
	/** Tasks with several precedences wait for all of them, or for any. */
	readonly joins: readonly { readonly task: string; readonly needs: 'all' | 'any' }[]
	/** Handlers of the job as a whole; those of a task stand on the task. */
	readonly handlers?: readonly EventHandler[]
	/** Rules of failure of the job as a whole. */
	readonly failure?: Pick<FailureRules, 'maximumErrors'>
	/** Present in job sequences, whose edges are triggers: a task starts when one of them fires (`joins` says where all must). */
	readonly triggers?: TriggerRules
}

/**
 * How a job sequence ends. Observed in the job control code that DataStage 8.7 to 11.5 generates: a trigger fires once its
 * activity has ended; `otherwise` when no conditional one of the same activity did.
 */
export interface TriggerRules {
	/** A failed activity with neither a Failed nor an Otherwise trigger: `raise` ends the sequence or enters its handler. */
	readonly unhandled: 'raise' | 'ignore'
	/** An activity that does not end OK makes the sequence end with warnings at best. */
	readonly warns: boolean
	/** Variables that tell the exception handler what failed. */
	readonly error?: { readonly source: string; readonly number: string; readonly message: string }
}

/** A variable of the control flow. */
export interface Variable {
	/** Full name: `User::RowCount`. Case-sensitive, unique: one that hides another has its owner's name behind `#`. */
	readonly name: string
	/** Id of the task that owns it; absent = the whole job. Its value outlives the passes of a loop around it. */
	readonly scope?: string
	readonly type: DataType
	readonly initial: Expression
	/** Evaluated anew at each read, instead of `initial`. */
	readonly expression?: SourcedExpression
	readonly provenance: Provenance
}

/** Control flows inside a task: its body and those of its handlers. */
export function innerControls(task: Task): readonly ControlFlow[] {
	const handlers = (task.handlers ?? []).map(({ body }) => body)
	return 'body' in task && task.body !== undefined ? [task.body, ...handlers] : handlers
}

/** Every task of a control flow with all inside it, those of handlers too, outer ones first. Disabled ones hold nothing. */
export function allTasks(control: ControlFlow): readonly Task[] {
	const own = control.tasks.flatMap((task): readonly Task[] => [
		task,
		...(task.disabled ? [] : innerControls(task).flatMap(allTasks)),
	])
	return [...own, ...(control.handlers ?? []).flatMap(({ body }) => allTasks(body))]
}

/** The control flow with other tasks in the place of its own; `change` sees a task after those inside it. */
export function mapTasks(control: ControlFlow, change: (task: Task) => Task): ControlFlow {
	const inside = (handlers: readonly EventHandler[] | undefined): { readonly handlers?: readonly EventHandler[] } =>
		handlers === undefined
			? {}
			: { handlers: handlers.map((handler) => ({ ...handler, body: mapTasks(handler.body, change) })) }
	const changed = (task: Task): Task => {
		const handled = { ...task, ...inside(task.handlers) }
		const whole =
			'body' in handled && handled.body !== undefined ? { ...handled, body: mapTasks(handled.body, change) } : handled
		return change(whole)
	}
	return { ...control, tasks: control.tasks.map(changed), ...inside(control.handlers) }
}
