/**
 * Requests to the web that are put together piece by piece (Microsoft: HttpWebRequest, HttpClient). Both ask through one
 * printed helper, which gives the status and the text of the answer.
 */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { atom, call, method } from '../../python.ts'
import type { Args, CallContext, Member, OperationRest } from '../operation.ts'
import { define, fixed, instance } from '../operation.ts'
import type { ScriptThing, ScriptValue } from '../runtime.ts'
import { asBytes, asInt, asList, asMap, asText, asThing, raise } from '../runtime.ts'
import { encoding } from './encodings.ts'
import { encodingName } from './file-texts.ts'

const { string, boolean, int, nothing } = scriptTypes
const thing = (name: string): ScriptType => ({ kind: 'thing', name })
const bytes: ScriptType = { kind: 'value', type: { kind: 'binary' } }
const request = thing('WebRequest')
const answer = thing('WebResponse')
const stream = thing('Stream')
const headers = thing('WebHeaders')
const accepted = thing('WebAccept')
const client = thing('HttpClient')
const content = thing('StringContent')
const login = thing('AuthenticationHeaderValue')
const media = thing('MediaType')

const same: OperationRest = { evaluate: ([one]) => one ?? null, python: ([one]) => one }
const asking = { isEffect: true, helper: 'http_request' } as const

const loginHeader = /^(?:Authorization|Proxy-Authorization|Cookie)$|key|token|secret|password|auth/i

/** A secret that the script spells would stand in the new script, too. */
const spelledLogin = (name: ScriptValue | undefined, value: ScriptValue | undefined): string | undefined =>
	typeof value === 'string' && (typeof name !== 'string' || loginHeader.test(name))
		? 'a login that stands in the text of the script'
		: undefined

function setHeader(one: ScriptValue | undefined, name: ScriptValue | undefined, value: ScriptValue | undefined): null {
	asMap(asThing(one).state['headers']).entries.set(asText(name), asText(value))
	return null
}

interface Sent {
	readonly verb: string
	readonly url: string
	readonly headers: ReadonlyMap<string, ScriptValue>
	readonly body: string | null
}

function send(sent: Sent, { outside }: CallContext): ScriptThing {
	const given: ScriptValue = { kind: 'map', entries: new Map(sent.headers) }
	const names = ['method', 'url', 'headers', 'body']
	const reply = outside({ helper: 'http_request', args: [sent.verb, sent.url, given, sent.body], names })
	const [status, text] = reply === null ? [200n, ''] : asList(reply).items
	return { kind: 'thing', name: 'WebResponse', state: { status: asInt(status), text: asText(text) } }
}

const hasSucceeded = (one: ScriptThing): boolean => {
	const status = asInt(one.state['status'])
	return status >= 200n && status < 300n
}

/** Undefined statuses end in an exception (Microsoft: WebException, HttpResponseMessage.EnsureSuccessStatusCode). */
const required = (one: ScriptThing): ScriptThing =>
	hasSucceeded(one)
		? one
		: raise('WebException', `The remote server returned an error: (${String(asInt(one.state['status']))}).`)

const sets = (property: string, type: ScriptType, header?: string): Member =>
	instance(
		'WebRequest',
		`set ${property}`,
		define(`WebRequest.set ${property}`, [request, type], nothing, {
			isEffect: true,
			evaluate: ([one, value]) => {
				if (header !== undefined) return setHeader(one, header, value)
				asThing(one).state['method'] = asText(value)
				return null
			},
			python: ([one, value]) =>
				atom(`${one.code}.${header === undefined ? 'method' : `headers["${header}"]`} = ${value.code}`),
		}),
	)

const requests: readonly Member[] = [
	...['WebRequest', 'HttpWebRequest'].flatMap((owner) =>
		['Create', 'CreateHttp'].map((name) =>
			fixed(
				owner,
				name,
				define('WebRequest.Create', [string], request, {
					evaluate: ([url]) => ({
						kind: 'thing',
						name: 'WebRequest',
						state: {
							method: 'GET',
							url: asText(url),
							headers: { kind: 'map', entries: new Map() },
							text: '',
							open: true,
						},
					}),
					python: ([url]) => call('WebRequest', url),
					refuses: ([url]) =>
						typeof url === 'string' && !/^https?:/i.test(url) ? 'a request that is none of the web' : undefined,
				}),
			),
		),
	),
	sets('Method', string),
	sets('ContentType', string, 'Content-Type'),
	sets('Accept', string, 'Accept'),
	sets('UserAgent', string, 'User-Agent'),
	sets('Referer', string, 'Referer'),
	instance('WebRequest', 'Headers', define('WebRequest.Headers', [request], headers, same)),
	instance('WebRequest', 'GetRequestStream', define('WebRequest.GetRequestStream', [request], stream, same)),
	instance(
		'WebRequest',
		'GetResponse',
		define('WebRequest.GetResponse', [request], answer, {
			...asking,
			evaluate: ([one], context) => {
				const { state } = asThing(one)
				const body = asText(state['text'])
				const given = { verb: asText(state['method']), url: asText(state['url']), body: body === '' ? null : body }
				return required(send({ ...given, headers: asMap(state['headers']).entries }, context))
			},
			python: ([one]) => method(one, 'send'),
		}),
	),
	instance(
		'Stream',
		'Write',
		define('Stream.Write', [stream, bytes, int, int], nothing, {
			isEffect: true,
			evaluate: ([one, value, start, count]) => {
				const { state } = asThing(one)
				const from = Number(asInt(start))
				const part = Buffer.from(asBytes(value).hex, 'hex').subarray(from, from + Number(asInt(count)))
				state['text'] = asText(state['text']) + part.toString('utf8')
				return null
			},
			python: ([one, value, start, count]) => {
				const isWhole = start.code === '0' && count.code === `len(${value.code})`
				const part = isWhole ? value : atom(`${value.code}[${start.code} : ${start.code} + ${count.code}]`)
				return method(one, 'write', method(part, 'decode'))
			},
		}),
	),
	fixed('StreamWriter', 'new', define('StreamWriter.new(stream)', [stream], thing('StreamWriter'), same)),
]

const reading = (more: readonly ScriptType[]): Member =>
	fixed(
		'StreamReader',
		'new',
		define(`StreamReader.new(stream, ${more.length})`, [stream, ...more], thing('StreamReader'), {
			evaluate: ([one]) => ({
				kind: 'thing',
				name: 'StreamReader',
				state: { text: asThing(one).state['text'] ?? '', at: 0n },
			}),
			python: ([one]) => call('TextReader', atom(`${one.code}.text`)),
		}),
	)

const answers: readonly Member[] = [
	instance('WebResponse', 'GetResponseStream', define('WebResponse.GetResponseStream', [answer], stream, same)),
	reading([]),
	reading([encoding]),
	instance('WebResponse', 'Content', define('WebResponse.Content', [answer], answer, same)),
	instance(
		'WebResponse',
		'ReadAsStringAsync',
		define('WebResponse.Text', [answer], string, {
			evaluate: ([one]) => asThing(one).state['text'] ?? null,
			python: ([one]) => atom(`${one.code}.text`),
		}),
	),
	instance(
		'WebResponse',
		'IsSuccessStatusCode',
		define('WebResponse.IsSuccessStatusCode', [answer], boolean, {
			evaluate: ([one]) => hasSucceeded(asThing(one)),
			python: ([one]) => method(one, 'succeeded'),
		}),
	),
	instance(
		'WebResponse',
		'EnsureSuccessStatusCode',
		define('WebResponse.EnsureSuccessStatusCode', [answer], answer, {
			isEffect: true,
			evaluate: ([one]) => required(asThing(one)),
			python: ([one]) => method(one, 'required'),
		}),
	),
]

const ofHeaders: readonly Member[] = [
	instance(
		'WebHeaders',
		'Add',
		define('WebHeaders.Add', [headers, string, string], nothing, {
			isEffect: true,
			evaluate: ([one, name, value]) => setHeader(one, name, value),
			python: ([one, name, value]) => atom(`${one.code}.headers[${name.code}] = ${value.code}`),
			refuses: ([, name, value]) => spelledLogin(name, value),
		}),
	),
	instance(
		'WebHeaders',
		'set Authorization',
		define('WebHeaders.Authorization', [headers, login], nothing, {
			isEffect: true,
			evaluate: ([one, value]) => setHeader(one, 'Authorization', value),
			python: ([one, value]) => atom(`${one.code}.headers["Authorization"] = ${value.code}`),
		}),
	),
	instance('WebHeaders', 'Accept', define('WebHeaders.Accept', [headers], accepted, same)),
	instance(
		'WebAccept',
		'Add',
		define('WebAccept.Add', [accepted, media], nothing, {
			isEffect: true,
			evaluate: ([one, value]) => {
				const { entries } = asMap(asThing(one).state['headers'])
				const before = entries.get('Accept')
				return setHeader(one, 'Accept', before === undefined ? value : `${asText(before)}, ${asText(value)}`)
			},
			python: ([one, value]) => method(one, 'accept', value),
		}),
	),
	instance(
		'WebAccept',
		'Clear',
		define('WebAccept.Clear', [accepted], nothing, {
			isEffect: true,
			evaluate: ([one]) => {
				asMap(asThing(one).state['headers']).entries.delete('Accept')
				return null
			},
			python: ([one]) => method(atom(`${one.code}.headers`), 'pop', atom('"Accept"'), atom('None')),
		}),
	),
	fixed('MediaTypeWithQualityHeaderValue', 'new', define('MediaType.new', [string], media, same)),
	fixed(
		'AuthenticationHeaderValue',
		'new',
		define('AuthenticationHeaderValue.new', [string, string], login, {
			evaluate: ([scheme, value]) => `${asText(scheme)} ${asText(value)}`,
			python: ([scheme, value]) => atom(`f"{${scheme.code}} {${value.code}}"`.replace(/\{"([^"{}\\]*)"\}/, '$1')),
			refuses: ([, value]) => spelledLogin(undefined, value),
		}),
	),
]

const verbs = { GetAsync: 'GET', DeleteAsync: 'DELETE', PostAsync: 'POST', PutAsync: 'PUT' } as const

const sentBy = ([one, url, given]: Args, verb: string, context: CallContext): ScriptThing => {
	const own = asMap(asThing(one).state['headers']).entries
	const { text = null, type = null } = given === undefined ? {} : asThing(given).state
	const all = type === null ? own : new Map([...own, ['Content-Type', type]])
	return send({ verb, url: asText(url), headers: all, body: text === null ? null : asText(text) }, context)
}

const clients: readonly Member[] = [
	fixed(
		'HttpClient',
		'new',
		define('HttpClient.new', [], client, {
			evaluate: () => ({ kind: 'thing', name: 'HttpClient', state: { headers: { kind: 'map', entries: new Map() } } }),
			python: () => call('HttpClient'),
		}),
	),
	instance('HttpClient', 'DefaultRequestHeaders', define('HttpClient.DefaultRequestHeaders', [client], headers, same)),
	instance(
		'HttpClient',
		'GetStringAsync',
		define('HttpClient.GetStringAsync', [client, string], string, {
			...asking,
			evaluate: (args, context) => required(sentBy(args, 'GET', context)).state['text'] ?? null,
			python: ([one, url]) => atom(`${method(method(one, 'send', atom('"GET"'), url), 'required').code}.text`),
		}),
	),
	...Object.entries(verbs).map(([name, verb]) =>
		instance(
			'HttpClient',
			name,
			define(`HttpClient.${name}`, [client, string, ...(/^P/.test(name) ? [content] : [])], answer, {
				...asking,
				evaluate: (args, context) => sentBy(args, verb, context),
				python: ([one, url, given]) => method(one, 'send', atom(`"${verb}"`), url, ...(/^P/.test(name) ? [given] : [])),
			}),
		),
	),
	fixed(
		'StringContent',
		'new',
		define('StringContent.new', [string], content, {
			evaluate: ([text]) => newContent(text, 'text/plain'),
			python: ([text]) => call('StringContent', text),
		}),
	),
	fixed(
		'StringContent',
		'new',
		define('StringContent.new(type)', [string, encoding, string], content, {
			evaluate: ([text, how, type]) =>
				encodingName(how) === 'utf-8' ? newContent(text, asText(type)) : raise('ArgumentException', 'not UTF-8'),
			python: ([text, , type]) => call('StringContent', text, type),
		}),
	),
]

const newContent = (text: ScriptValue | undefined, type: string): ScriptThing => ({
	kind: 'thing',
	name: 'StringContent',
	state: { text: asText(text), type: `${type}; charset=utf-8` },
})

export const webMembers: readonly Member[] = [...requests, ...answers, ...ofHeaders, ...clients]
