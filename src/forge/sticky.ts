/** Comments with a topic: one for each topic and talk, edited and not repeated. Deleting one heals with the next write. */
import type { Comment, ForgeRepository } from './repository.ts'

const marker = (topic: string): string => `<!-- reglue:${topic} -->`

/** The comment of a topic among those of a talk, and what else claims to be it. */
export function findSticky(
	comments: readonly Comment[],
	topic: string,
	author: string,
): { readonly comment: Comment | undefined; readonly doubles: readonly Comment[] } {
	// People can copy a marker into a comment of their own; only ours counts.
	const [comment, ...doubles] = comments.filter(
		(known) => known.author === author && known.body.startsWith(marker(topic)),
	)
	return { comment, doubles }
}

/** Makes the comment of a topic say `body`, with the fewest writes. @returns whether anything was written */
export async function writeSticky(
	repository: ForgeRepository,
	talk: { readonly number: number; readonly author: string },
	topic: string,
	body: string,
): Promise<boolean> {
	const wanted = `${marker(topic)}\n${body}`
	const { comment, doubles } = findSticky(await repository.comments(talk.number), topic, talk.author)
	for (const double of doubles) await repository.deleteComment(double.id)
	if (comment === undefined) await repository.writeComment(talk.number, wanted)
	else if (comment.body !== wanted) await repository.editComment(comment.id, wanted)
	return comment?.body !== wanted || doubles.length > 0
}
