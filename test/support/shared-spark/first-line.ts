import type { Socket } from 'node:net'

/**
 * Takes the first whole line of a connection; one that breaks off before its end is nothing. Node's `readline` would part
 * a text at other signs too (U+2028), and hand on a line that was never finished.
 */
export function firstLine(socket: Socket, take: (line: string) => void): void {
	const parts: Buffer[] = []
	const collect = (part: Buffer): void => {
		const end = part.indexOf('\n')
		parts.push(end === -1 ? part : part.subarray(0, end))
		if (end === -1) return
		socket.off('data', collect)
		// Only a socket that is read tells that the other side has gone.
		socket.resume()
		take(Buffer.concat(parts).toString('utf8'))
	}
	socket.on('data', collect)
}
