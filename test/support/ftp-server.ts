/** A small FTP server (RFC 959) whose files are texts by path; it lists them as Unix servers do. */
import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'

export interface FtpServer {
	readonly url: string
	readonly files: Map<string, string>
	/** The type of each transfer: A for text, I for bytes. */
	readonly types: string[]
	close(): void
}

export async function startFtpServer(given: Readonly<Record<string, string>>): Promise<FtpServer> {
	const files = new Map(Object.entries(given))
	const types: string[] = []
	const server = createServer((client) => serve(client, files, types))
	const port = await listen(server)
	return { url: `ftp://127.0.0.1:${port}`, files, types, close: () => void server.close() }
}

async function listen(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	return (server.address() as AddressInfo).port
}

function serve(client: Socket, files: Map<string, string>, types: string[]): void {
	const state = { type: 'A', data: Promise.resolve<Socket | undefined>(undefined) }
	const say = (line: string): boolean => client.write(`${line}\r\n`)
	const transfer = async (work: (data: Socket) => Promise<void>): Promise<void> => {
		types.push(state.type)
		say('150 here it comes')
		const data = await state.data
		if (data !== undefined) await work(data)
		say('226 done')
	}
	const send = (text: string): Promise<void> =>
		transfer(async (data) => {
			data.end(text)
			await once(data, 'close')
		})
	const obey = async (line: string): Promise<unknown> => {
		const [, command = '', path = ''] = /^(\w+) ?(.*)$/.exec(line) ?? []
		const text = files.get(path)
		const inFolder = [...files.keys()].filter(
			(one) => one.slice(0, one.lastIndexOf('/') + 1) === `${path.replace(/\/$/, '')}/`,
		)
		switch (command) {
			case 'USER':
				return say('331 and the password')
			case 'PASS':
				return say('230 welcome')
			case 'TYPE':
				state.type = path
				return say('200 so be it')
			case 'PASV': {
				const place = createServer()
				state.data = once(place, 'connection').then(([socket]: readonly Socket[]) => {
					place.close()
					return socket
				})
				const port = await listen(place)
				return say(`227 at (127,0,0,1,${port >> 8},${port & 255})`)
			}
			case 'LIST':
				return send(
					inFolder
						.map(
							(one) =>
								`-rw-r--r-- 1 me us 7 Jan 01 2024 ${one.slice(one.lastIndexOf('/') + 1)}\r\ndrwxr-xr-x 2 me us 7 Jan 01 2024 a folder\r\n`,
						)
						.join(''),
				)
			case 'NLST':
				return send(inFolder.map((one) => `${one}\r\n`).join(''))
			case 'RETR':
				return text === undefined ? say('550 it is not there') : send(text)
			case 'STOR':
				return transfer(async (data) => {
					const parts: Buffer[] = []
					data.on('data', (part: Buffer) => parts.push(part))
					await once(data, 'end')
					data.end()
					files.set(path, Buffer.concat(parts).toString())
				})
			case 'DELE':
				return say(files.delete(path) ? '250 gone' : '550 it is not there')
			case 'MKD':
				files.set(`${path}/.`, '')
				return say(`257 "${path}" made`)
			case 'RMD':
				return say(files.delete(`${path}/.`) ? '250 gone' : '550 it is not there')
			default:
				return say(command === 'QUIT' ? '221 bye' : '502 not known')
		}
	}
	say('220 ready')
	let rest = ''
	let last: Promise<unknown> = Promise.resolve()
	client.on('data', (part: Buffer) => {
		const lines = `${rest}${part.toString()}`.split('\r\n')
		rest = lines.pop() ?? ''
		for (const line of lines) last = last.then(() => obey(line))
	})
}
