import type { CliCommand } from './command.ts'
import { configCommand } from './commands/config.ts'

/** Every command, in the order of `reglue --help`. A new one is a file in commands/ and a line here. */
export const commands = [configCommand] as const satisfies readonly CliCommand[]
