import { createHash } from 'node:crypto'

/** The id that git gives to a file's bytes: what is equal to the observed tree need not be sent. */
export function blobId(bytes: Uint8Array): string {
	return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
