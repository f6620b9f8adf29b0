/** Hadoop clusters: Amazon EMR in the new job. */
import type { SourcedExpression } from './expressions.ts'

/** Hands a script to a cluster and waits for its end, or creates or ends a cluster. */
export type ClusterAction =
	| {
			readonly kind: 'run'
			/** Connection that names the cluster. */
			readonly connection: string
			readonly language: 'hive' | 'pig'
			/** The script itself, or the path of its file. */
			readonly script: SourcedExpression
			readonly isFile: boolean
			/** Absent: it waits as long as the job may run. */
			readonly timeoutMinutes?: number
	  }
	/** `nodes`: machines besides the one that leads. */
	| { readonly kind: 'create'; readonly name: SourcedExpression; readonly nodes: number; readonly mayExist: boolean }
	| { readonly kind: 'delete'; readonly name: SourcedExpression; readonly mayBeAbsent: boolean }
