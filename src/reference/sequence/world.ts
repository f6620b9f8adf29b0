/** What a sequence reaches outside, and how it answers: jobs, commands, files. */
import type { FilesTask, FileTask, MailTask, ReadFileTask, RunJobTask, WaitForFileTask } from '#model/control-flow.ts'

/** Tasks that do something outside the sequence. */
export type Activity = RunJobTask | FileTask | FilesTask | ReadFileTask | WaitForFileTask | MailTask

/** One thing that a sequence did outside, in order of time. */
export interface Started {
	/** Seconds since the start of the run. */
	readonly at: number
	/** Id of the task. */
	readonly task: string
	/** What was started, with everything that was handed over: job and parameters, operation and paths. */
	readonly details: Readonly<Record<string, string>>
}

/** DataStage job statuses: DSJS.RUNOK, DSJS.RUNWARN, DSJS.RUNFAILED. */
export type JobStatus = 1 | 2 | 3

/** How an activity ends. Activities that are no jobs end with 1 or 3. */
export interface ActivityEnd {
	readonly status: JobStatus
	/** Seconds that it takes; jobs run side by side, everything else stops the sequence while it works. */
	readonly seconds: number
	/** No file fits the pattern that it asks for, or the file that it reads is empty; otherwise some do, and it has lines. */
	readonly noFiles?: boolean
	/** What a job sets as its user status; absent: nothing. */
	readonly userStatus?: string
}

/** Stands for everything outside. `times` tells how often the activity was started before. */
export type SequenceWorld = (activity: Activity, times: number) => ActivityEnd
