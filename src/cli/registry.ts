import type { CliCommand } from './command.ts'
import { configCommand } from './commands/config.ts'
import { doctorCommand } from './commands/doctor.ts'
import { exprCommand } from './commands/expr.ts'
import { runCommand } from './commands/run.ts'

/** Every command, in the order of `reglue --help`. A new one is a file in commands/ and a line here. */
export const commands = [runCommand, exprCommand, configCommand, doctorCommand] as const satisfies readonly CliCommand[]
