import type { CliCommand } from './command.ts'
import { analyzeCommand } from './commands/analyze.ts'
import { configCommand } from './commands/config.ts'
import { doctorCommand } from './commands/doctor.ts'
import { explainCommand } from './commands/explain.ts'
import { exprCommand } from './commands/expr.ts'
import { migrateCommand } from './commands/migrate.ts'
import { publishCommand } from './commands/publish.ts'
import { reconcileCommand } from './commands/reconcile.ts'
import { reportCommand } from './commands/report.ts'
import { runCommand } from './commands/run.ts'
import { runsCommand } from './commands/runs.ts'
import { serveCommand } from './commands/serve.ts'
import { verifyCommand } from './commands/verify.ts'

/** Every command, in the order of `reglue --help`. A new one is a file in commands/ and a line here. */
export const commands = [
	analyzeCommand,
	migrateCommand,
	runCommand,
	verifyCommand,
	reconcileCommand,
	reportCommand,
	publishCommand,
	serveCommand,
	explainCommand,
	exprCommand,
	runsCommand,
	configCommand,
	doctorCommand,
] as const satisfies readonly CliCommand[]
