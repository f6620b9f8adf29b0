/** XML documents in Script Tasks. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { csharp, taskJob } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const job = (main: string): Job => taskJob(`using System.Xml;\n${csharp(main)}`)

function variablesOf(read: Job, document: string) {
	const { variables, failure } = interpretJob(read, {
		flows: new Map(),
		parameters: new Map(),
		outside: () => ({ value: document }),
		run: { at: makeTimestamp(0n), job: read.name, project: '', host: '', invocation: '' },
	})
	return { name: variables.get('User::Name'), found: variables.get('User::Found'), failure }
}

async function proven(read: Job): Promise<void> {
	const { proof, script } = await proveJob(engine, read)
	expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
}

const shop = '<shop><book id="1"><title>A <b>B</b></title></book><book id="2" sold="x"><title>C</title></book></shop>'

it('a file is read, and its nodes are gone over (Microsoft: XmlNode.SelectNodes)', async () => {
	const read = job(`XmlDocument settings = new XmlDocument();
            settings.Load(@"C:\\in\\shop.xml");
            XmlNodeList books = settings.SelectNodes("/shop/book");
            string all = "";
            foreach (XmlNode book in books)
            {
                all += book.Attributes["id"].Value + ":" + book.SelectSingleNode("title").InnerText + ";";
                if (book.Attributes["sold"] != null) all += book["title"].InnerText;
            }
            Dts.Variables["User::Name"].Value = all;
            Dts.Variables["User::Found"].Value = books.Count;`)
	expect(variablesOf(read, shop)).toMatchObject({ name: '1:A B;2:C;C', found: 2n })
	await proven(read)
})

it('a text is read; a node that is not there is null', async () => {
	const read = job(`var document = new XmlDocument();
            document.LoadXml("<a><b n='1'>x</b><b n='2'>y</b></a>");
            XmlNode second = document.SelectSingleNode("//b[@n='2']");
            XmlNode none = document.DocumentElement.SelectSingleNode("c");
            if (none == null) Dts.Variables["User::Name"].Value = second.InnerText;`)
	expect(variablesOf(read, '').name).toBe('y')
	await proven(read)
})

it('fails without the node that it needs, and without a document', () => {
	const read = job(
		`XmlDocument d = new XmlDocument(); d.Load(@"C:\\a.xml"); string t = d.SelectSingleNode("/x").InnerText;`,
	)
	expect(variablesOf(read, '<a/>').failure).toMatchObject({ message: expect.stringContaining('Object reference') })
	expect(variablesOf(read, 'no document').failure).toBeDefined()
})

it('refuses paths that both sides could read in two ways', () => {
	const asked = (path: string) => () =>
		job(`XmlDocument d = new XmlDocument(); XmlNode n = d.SelectSingleNode("${path}");`)
	expect(asked('//a[position() < 3]')).toThrow('the XPath expression //a[position() < 3]')
	expect(asked('/n:a')).toThrow('the XPath expression /n:a')
	expect(asked('/a/@id')).toThrow('the XPath expression /a/@id')
})
