/** Requests to the web in Script Tasks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Effect } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { csharp, taskJob } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const using = 'using System.Net; using System.Net.Http; using System.Net.Http.Headers; using System.Text;\n'
const job = (main: string): Job => taskJob(using + csharp(main))

function run(read: Job, status = 200n) {
	const effects: Effect[] = []
	const outside = (effect: Effect) => {
		effects.push(effect)
		return { value: [status, 'one\ntwo'] }
	}
	const result = interpretJob(read, {
		flows: new Map(),
		parameters: new Map(),
		outside,
		run: { at: makeTimestamp(0n), job: read.name, project: '', host: '', invocation: '' },
	})
	return { ...result, effects }
}

async function proven(read: Job): Promise<string> {
	const { proof, script } = await proveJob(engine, read)
	expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	return script
}

describe('HttpWebRequest', () => {
	const post = `ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12;
            HttpWebRequest request = (HttpWebRequest)WebRequest.Create("https://example.org/api?n=" + Dts.Variables["Count"].Value);
            request.Method = "POST";
            request.ContentType = "application/json";
            request.Timeout = 60000;
            request.Headers.Add("Authorization", "Bearer " + Dts.Variables["User::Name"].Value.ToString());
            byte[] data = Encoding.UTF8.GetBytes("{\\"a\\": 1}");
            request.ContentLength = data.Length;
            using (Stream body = request.GetRequestStream()) { body.Write(data, 0, data.Length); }
            using (HttpWebResponse response = (HttpWebResponse)request.GetResponse())
            using (StreamReader reader = new StreamReader(response.GetResponseStream(), Encoding.UTF8))
            {
                Dts.Variables["User::Name"].Value = reader.ReadToEnd();
            }`

	it('is sent with its headers and its body when its answer is asked for', async () => {
		const read = job(post)
		const { variables, effects } = run(read)
		expect(variables.get('User::Name')).toBe('one\ntwo')
		expect(effects).toEqual([
			{
				kind: 'helper',
				task: expect.any(String),
				helper: 'http_request',
				args: {
					method: 'POST',
					url: 'https://example.org/api?n=7',
					headers: { 'Content-Type': 'application/json', Authorization: 'Bearer C:\\in\\orders_2024.csv' },
					body: '{"a": 1}',
				},
			},
		])
		await proven(read)
	})

	it('raises for a status that is none of success, which a script may catch (Microsoft: WebException)', async () => {
		expect(run(job(post), 500n).failure).toMatchObject({ message: expect.stringContaining('(500)') })
		const caught = job(`try { ${post} } catch (WebException) { Dts.Variables["User::Found"].Value = 1; }`)
		expect(run(caught, 404n).variables.get('User::Found')).toBe(1n)
		await proven(caught)
	})

	it('takes its body from a writer, too', async () => {
		const read = job(`var request = WebRequest.Create("https://example.org/");
            request.Method = "PUT";
            using (var writer = new StreamWriter(request.GetRequestStream())) { writer.Write("a="); writer.Write(Dts.Variables["Count"].Value); }
            var response = request.GetResponse();
            string line = new StreamReader(response.GetResponseStream()).ReadLine();
            Dts.Variables["User::Name"].Value = line;`)
		const { variables, effects } = run(read)
		expect(variables.get('User::Name')).toBe('one')
		expect(effects).toMatchObject([{ args: { method: 'PUT', body: 'a=7', headers: {} } }])
		await proven(read)
	})

	it('with a login that the script spells, or that is none of the web, is refused', () => {
		const made =
			(more: string, url = 'https://example.org') =>
			() =>
				job(`var r = (HttpWebRequest)WebRequest.Create("${url}"); ${more} r.GetResponse();`)
		expect(made('r.Headers.Add("X-Api-Key", "abc");')).toThrow('a login that stands in the text of the script')
		expect(made('r.Headers["Authorization"] = "Basic YTpi";')).toThrow('a login that stands in the text of the script')
		expect(made('r.Credentials = new NetworkCredential("a", "b");')).toThrow('a login at a web server')
		expect(made('', 'ftp://example.org/a.txt')).toThrow('a request that is none of the web')
	})
})

describe('HttpClient', () => {
	it('shares headers among its requests, and tells whether an answer is a success', async () => {
		const read = job(`using (var client = new HttpClient())
            {
                client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Dts.Variables["User::Name"].Value.ToString());
                string first = client.GetStringAsync("https://example.org/a").Result;
                HttpResponseMessage answer = client.PostAsync("https://example.org/b", new StringContent(first, Encoding.UTF8, "text/csv")).Result;
                if (answer.IsSuccessStatusCode) Dts.Variables["User::Name"].Value = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
                else Dts.TaskResult = (int)ScriptResults.Failure;
            }`)
		const { variables, effects } = run(read)
		expect(variables.get('User::Name')).toBe('one\ntwo')
		const headers = { Accept: 'application/json', Authorization: 'Bearer C:\\in\\orders_2024.csv' }
		expect(effects).toMatchObject([
			{ args: { method: 'GET', url: 'https://example.org/a', headers, body: null } },
			{
				args: {
					method: 'POST',
					url: 'https://example.org/b',
					headers: { ...headers, 'Content-Type': 'text/csv; charset=utf-8' },
					body: 'one\ntwo',
				},
			},
		])
		await proven(read)
	})
})
