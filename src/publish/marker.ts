/**
 * The hidden line of a pull request's text: which state of the branch the text speaks of. It saves looking, and is
 * nothing that anybody relies on: without it, or with a wrong one, the text is made again.
 */
import { z } from 'zod'

const schema = z.object({
	version: z.literal(1),
	/** The generation that the text describes. */
	pristine: z.string(),
	/** Head of the branch whose evidence the text gives. */
	evidence: z.string().optional(),
	/** We closed it ourselves, because there was nothing left to migrate: not a person's no. */
	gone: z.boolean().optional(),
})

export type Marker = z.infer<typeof schema>

const pattern = /<!-- reglue:state (\{.*?\}) -->/

export function formatMarker(marker: Marker): string {
	// Two hyphens would end the comment.
	return `<!-- reglue:state ${JSON.stringify(marker).replace(/--/g, '-\\u002d')} -->`
}

export function parseMarker(body: string): Marker | undefined {
	const text = pattern.exec(body)?.[1]
	if (text === undefined) return undefined
	try {
		return schema.safeParse(JSON.parse(text)).data
	} catch {
		// Somebody has edited it: as good as none.
		return undefined
	}
}
