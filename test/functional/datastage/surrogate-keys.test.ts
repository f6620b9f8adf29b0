import type { Values } from '../../support/dsx-builder.ts'
import { from, stage, subject, to, transformer, variable } from '../../support/functional-job.ts'

subject('Surrogate Key', {
	'an empty state begins with the initial value': {
		stages: [
			stage('S', 'PxSurrogateKeyGeneratorN', {
				keysourcetype: 'file',
				sk_id: '/data/sk.state',
				output_key: 'SK',
				start_value: '100',
			}),
		],
		links: [
			from('In', 'S', 'A varchar(3)'),
			to(
				'Out',
				'S',
				`A varchar(3)
				SK bigint`,
			),
		],
		given: { In: 'a\nb\n', 'S#state file': [] },
		written: { Out: 'a,100\nb,101\n', S: '{"HIGHEST_KEY":101}\n' },
	},
	'keys go on from the value in the state file; here there is none': {
		stages: [
			stage('S', 'PxSurrogateKeyGeneratorN', {
				keysourcetype: 'file',
				sk_id: '/data/sk.state',
				output_key: 'SK',
			}),
		],
		links: [
			from('In', 'S', 'A varchar(3)'),
			to(
				'Out',
				'S',
				`A varchar(3)
				SK bigint`,
			),
		],
		given: { In: 'a\nb\n', 'S#state file': [] },
		written: { Out: 'a,1\nb,2\n', S: '{"HIGHEST_KEY":2}\n' },
	},
})

const keyFile = { SurKeyStateFile: '/data/sk.state', SKKeySourceType: 'file' }
const keyed = (
	derivation: string,
	rows: { readonly given: string; readonly written: string; readonly highest: number },
	variables: readonly Values[] = [],
) => ({
	stages: [transformer('T', variables, { values: keyFile })],
	links: [
		from(
			'In',
			'T',
			`A varchar(3)
			K int?`,
		),
		to(
			'Out',
			'T',
			`A varchar(3) = in.A
			SK bigint = ${derivation}`,
		),
	],
	given: { In: rows.given, 'T#state file': [{ HIGHEST_KEY: 40n }] },
	written: { Out: rows.written, T: `{"HIGHEST_KEY":${rows.highest}}\n` },
})

subject('Surrogate keys of a Transformer', {
	'each row takes one, above the greatest of the state': keyed('NextSurrogateKey()', {
		given: 'a,NULL\nb,7\n',
		written: 'a,41\nb,42\n',
		highest: 42,
	}),
	'only rows that have none take one': keyed('If IsNull(in.K) Then NextSurrogateKey() Else in.K', {
		given: 'a,NULL\nb,7\nc,NULL\n',
		written: 'a,41\nb,7\nc,42\n',
		highest: 42,
	}),
	'a variable takes it, and all may read it': keyed(
		'key',
		{ given: 'a,NULL\nb,7\nc,NULL\n', written: 'a,41\nb,7\nc,42\n', highest: 42 },
		[variable('key bigint = If IsNotNull(in.K) Then in.K Else NextSurrogateKey()')],
	),
	'an output that gets some rows takes keys for those': {
		stages: [transformer('T', [], { values: keyFile })],
		links: [
			from('In', 'T', 'A int'),
			to('Big', 'T', 'SK int = NextSurrogateKey()\nA int = in.A', { out: { Constraint: 'in.A > 5' } }),
			to('Small', 'T', 'A int = in.A', { out: { Constraint: 'in.A <= 5' } }),
		],
		given: { In: '9\n1\n6\n', 'T#state file': [] },
		written: { Big: '1,9\n2,6\n', Small: '1\n', T: '{"HIGHEST_KEY":2}\n' },
	},
})
