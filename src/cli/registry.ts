import type { CliCommand } from './command.ts'
import { configCommand } from './commands/config.ts'
import { doctorCommand } from './commands/doctor.ts'
import { runCommand } from './commands/run.ts'

/** Every command, in the order of `reglue --help`. A new one is a file in commands/ and a line here. */
export const commands = [runCommand, configCommand, doctorCommand] as const satisfies readonly CliCommand[]
