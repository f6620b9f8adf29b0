import { expect, it } from 'vitest'
import { withPostgres } from '../../support/postgres.ts'
import { localSpark, SET_UP_MS, script, succeeded, withTemporaryFolder } from './support.ts'

it(
	'reads and writes a real PostgreSQL, every digit and every early date',
	() =>
		withTemporaryFolder((folder) =>
			withPostgres(folder, async (client, port) => {
				const engine = localSpark()
				try {
					await client.query('CREATE TABLE orders (id bigint, amount numeric(38,10), placed timestamp, note text)')
					await client.query(`INSERT INTO orders VALUES
					(9223372036854775807, 1234567890123456789012345678.0000000001, '0001-01-01 00:00:00', 'first 😀'),
					(2, NULL, '1899-12-30 23:59:59.999999', ''), (3, 0, '9999-12-31 23:59:59.999999', NULL)`)
					const dw_connection = `jdbc:postgresql://127.0.0.1:${port}/postgres`
					const outcome = succeeded(await engine.run({ script: script('postgres'), args: { dw_connection } }))
					expect(outcome.stdout).toBe('9223372036854775807\n')
					expect(
						outcome.effects.map(({ helper, args }) => [helper, args['connection'], args['table'] ?? args['statement']]),
					).toEqual([
						['jdbc.read', dw_connection, 'orders'],
						['jdbc.write', dw_connection, 'negated'],
						['jdbc.read', dw_connection, 'WITH top AS (SELECT max(id) AS id FROM orders) SELECT id FROM top'],
					])
					const { rows } = await client.query(
						'SELECT id::text, amount::text, placed::text, note FROM negated ORDER BY negated.id',
					)
					expect(rows).toEqual([
						{ id: '2', amount: null, placed: '1899-12-30 23:59:59.999999', note: '' },
						{ id: '3', amount: '0.0000000000', placed: '9999-12-31 23:59:59.999999', note: null },
						{
							id: '9223372036854775807',
							amount: '-1234567890123456789012345678.0000000001',
							placed: '0001-01-01 00:00:00',
							note: 'first 😀',
						},
					])
				} finally {
					await engine.close()
				}
			}),
		),
	SET_UP_MS,
)
