import { describe, expect, it } from 'vitest'
import { operations } from '../../../scripts/github/operations.ts'
import { reduceDescription } from '../../../scripts/github/reduce.ts'
import { describedRoutes } from '../../support/github-twin/description.ts'

const description = {
	components: {
		parameters: {
			owner: { name: 'owner', in: 'path', required: true, description: 'prose', schema: { type: 'string' } },
		},
	},
	paths: {
		'/things/{owner}': {
			post: {
				operationId: 'things/create',
				description: 'prose',
				parameters: [{ $ref: '#/components/parameters/owner' }],
				requestBody: {
					required: true,
					content: {
						'application/json': {
							schema: {
								type: 'object',
								properties: {
									description: { type: 'string', description: 'prose', nullable: true },
									kind: { type: 'string', enum: ['a', 'b'], default: 'a', nullable: true },
								},
							},
						},
					},
				},
			},
		},
	},
}

describe('the reduced description', () => {
	it('keeps what a validator needs, without prose and references', () => {
		expect(reduceDescription(description, ['POST /things/{owner}'])).toEqual({
			'POST /things/{owner}': {
				id: 'things/create',
				parameters: [{ name: 'owner', in: 'path', required: true, schema: { type: 'string' } }],
				body: {
					required: true,
					schema: {
						type: 'object',
						properties: {
							description: { type: ['string', 'null'] },
							kind: { type: ['string', 'null'], enum: ['a', 'b', null] },
						},
					},
				},
			},
		})
	})

	it('refuses an operation that GitHub does not have', () => {
		expect(() => reduceDescription(description, ['GET /nothing'])).toThrow('GET /nothing')
	})

	it('in the repository has the operations that the script names: run it again after changing the list', () => {
		expect(describedRoutes).toEqual([...operations])
	})
})
