import { isUncertain } from '../error.ts'

/**
 * A write of which one wants to know whether it happened. When GitHub fails or does not answer, `find` looks for the
 * effect; only where there is none is the write repeated, once.
 */
export async function certain<T>(write: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
	try {
		return await write()
	} catch (error) {
		if (!isUncertain(error)) throw error
		return (await find()) ?? write()
	}
}

/** A write that may be done twice: setting something to a value, or making an object that is named by its content. */
export async function repeatable<T>(write: () => Promise<T>): Promise<T> {
	return certain(write, () => Promise.resolve(undefined))
}
