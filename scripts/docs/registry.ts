import { renderLayers } from './layers.ts'

/** A document that is printed from the code, so that it cannot say anything else than the code. */
export type PrintedDocument = {
	/** Below the project's root. */
	readonly path: string
	/** The whole text, ending with one newline; the same on every machine. */
	readonly render: () => string
}

/** Every printed document. `npm run docs` writes them, `npm run check` fails when one is out of date. */
export const printedDocuments: readonly PrintedDocument[] = [{ path: 'docs/layers.md', render: renderLayers }]
