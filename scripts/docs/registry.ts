import { renderAction } from './action.ts'
import { renderAppManifest, renderOperatorReference, renderPermissions } from './app.ts'
import { renderDiagnostics, renderDifferences } from './catalogues.ts'
import { renderCli } from './cli.ts'
import { renderCommands } from './commands.ts'
import { renderConfiguration, renderSchema } from './configuration.ts'
import { renderDecisionsFile } from './decisions-file.ts'
import { renderLayers } from './layers.ts'
import { renderDataStageSupport, renderSsisSupport } from './support/matrix.ts'

/** A document that is printed from the code, so that it cannot say anything else than the code. */
export type PrintedDocument = {
	/** Below the project's root. */
	readonly path: string
	/** The whole text, ending with one newline; the same on every machine. */
	readonly render: () => string
}

/** Every printed document. `npm run docs` writes them, `npm run check` fails when one is out of date. */
export const printedDocuments: readonly PrintedDocument[] = [
	{ path: 'action.yml', render: renderAction },
	{ path: 'docs/layers.md', render: renderLayers },
	{ path: 'docs/cli.md', render: renderCli },
	{ path: 'docs/commands.md', render: renderCommands },
	{ path: 'docs/decisions-file.md', render: renderDecisionsFile },
	{ path: 'docs/configuration.md', render: renderConfiguration },
	{ path: 'docs/reglue.schema.json', render: renderSchema },
	{ path: 'app.yml', render: renderAppManifest },
	{ path: 'docs/permissions.md', render: renderPermissions },
	{ path: 'docs/operator.md', render: renderOperatorReference },
	{ path: 'docs/differences.md', render: renderDifferences },
	{ path: 'docs/diagnostics.md', render: renderDiagnostics },
	{ path: 'docs/support-datastage.md', render: renderDataStageSupport },
	{ path: 'docs/support-ssis.md', render: renderSsisSupport },
]
