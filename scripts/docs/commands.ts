import { usage } from '#bot/commands/command.ts'
import { commands, verbs } from '#bot/commands/registry.ts'
import { places } from '#bot/commands/verbs/help.ts'
import { leastRoles } from '#config/permissions.ts'
import { cell } from '#publish/markdown.ts'

/** Prints every command of `/migrate`, from the registry that reads them. */
export function renderCommands(): string {
	const rows = verbs.map((verb) => {
		const command = commands[verb]
		return `| ${cell(usage(verb, command))} | ${leastRoles[verb]} | ${command.does} | ${places[command.where]} |`
	})
	const examples = verbs.flatMap((verb) => commands[verb].examples)
	return `<!-- Printed from src/bot/commands by npm run docs. -->

# Commands

A comment in an issue or pull request speaks to Reglue when its first line starts with \`/migrate\`. Quoted lines and code blocks are skipped, and only that one line counts. Names with spaces are put in quotes.

| command | access | what it does | where |
| --- | --- | --- | --- |
${rows.join('\n')}

\`\`\`
${examples.join('\n')}
\`\`\`

Reglue shows 👀 when it begins, 🚀 when it is done and 😕 when it refuses or fails, and always answers: with what was done, or with the reason, who may do it, where, and the line to copy.

- **Access** is read again when the command runs. \`permissions\` in \`.github/reglue.yml\` can ask for more than the table says, never for less.
- **A command holds for the commit that it was given on.** When people have pushed since, it is refused; commits of Reglue's own on top of it do no harm. \`approve\` holds for that very commit alone.
- **Pull requests of forks** are read and reported. Nothing that writes or runs works there.
- **Comments** are bounded by \`limits.comments_per_hour\`. Beyond that, answers share one comment for each conversation, which is edited and notifies nobody.
- **Decisions** (\`set\`, \`map\`, \`accept\`, \`reject\`, \`skip\`, \`reopen\`) are written into \`decisions.yml\` of the unit, on its branch, with who said so and when: [decisions-file.md](decisions-file.md).
- \`ask\` needs a language model, and \`--engine aws-glue\` and \`approve\` an engine on AWS. Neither can be configured yet, and the answer says so.
`
}
