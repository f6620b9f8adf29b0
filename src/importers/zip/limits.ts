/** What an archive may hold at most. Far beyond real exports, far below what hurts. */
export interface ZipLimits {
	readonly members: number
	/** Bytes of one member, unpacked. */
	readonly memberBytes: number
	/** Bytes of all members, unpacked. */
	readonly totalBytes: number
}

export const defaultZipLimits: ZipLimits = {
	members: 20_000,
	memberBytes: 256 * 1024 * 1024,
	totalBytes: 1024 * 1024 * 1024,
}
