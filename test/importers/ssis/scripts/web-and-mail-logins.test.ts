/** What scripts set around a call of a server: logins, certificates, protocols, names of senders. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { csharp, taskJob } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const using = 'using System.Net; using System.Net.Mail;\n'
const job = (main: string, more = ''): Job => taskJob(using + csharp(main, more))
const differences = (read: Job): readonly string[] => read.differences.map(({ id }) => id)

describe('a mail by a method of the script', () => {
	const send = `public void Report(string host, int port, string user, string password, string from, string name, string to)
{
    SmtpClient client = new SmtpClient();
    client.Host = host;
    client.Port = port;
    client.EnableSsl = true;
    NetworkCredential login = new NetworkCredential(user, password);
    client.Credentials = login;
    MailMessage mail = new MailMessage { Subject = "Loaded", IsBodyHtml = true };
    mail.From = new MailAddress(from, name);
    mail.To.Add(to);
    mail.Body = "<b>done</b>";
    client.Send(mail);
}`
	const read = job(
		'Report("smtp.example.org", 587, "etl", "hunter2", "etl@example.org", "Night run", "ops@example.org");',
		send,
	)

	it('is sent without the login, which Amazon SES does not need and the printed script does not hold', async () => {
		const { proof, script } = await proveJob(engine, read)
		expect(proof, script).toMatchObject({ details: [], report: { level: 'E3' } })
		expect(script).not.toMatch(/hunter2|587|smtp\.example/)
		expect(script).toContain('report("etl@example.org", "Night run", "ops@example.org")')
		expect(differences(read)).toContain('RG-D053')
	})
})

describe('a password that a script spells', () => {
	it('is refused where the script uses it, whatever takes it by its name', () => {
		const use = 'Dts.Variables["User::Name"].Value = "user=etl;" + secret;'
		const reason = 'a secret that it spells: keep it in AWS Secrets Manager'
		expect(() => job(`string secret = "hunter2"; ${use}`)).toThrow(reason)
		expect(() => job('Keep("hunter2");', `void Keep(string secret) { ${use} }`)).toThrow(reason)
		expect(() => job(use, 'private string secret = "hunter2";')).toThrow(reason)
		const mail =
			'try { string pwd = "hunter2"; var c = new SmtpClient("x"); c.Credentials = new NetworkCredential("a", pwd); } catch { }'
		expect(() => job(mail)).not.toThrow()
		expect(() => job(`string secret = Dts.Variables["User::Name"].Value.ToString(); ${use}`)).not.toThrow()
	})
})

describe('a file from the web', () => {
	const load = (settings: string): string => `${settings}
int left = 3;
while (left != 0)
{
    try
    {
        client.DownloadFile("https://example.org/rates.xml", "C:\\\\tmp\\\\rates.xml");
        left = 0;
    }
    catch (Exception)
    {
        if (left-- > 0) System.Threading.Thread.Sleep(2000);
        else { left = 0; throw; }
    }
}`

	it('is asked for by a job that looks at certificates itself', async () => {
		const read = job(
			load(`ServicePointManager.SecurityProtocol = (SecurityProtocolType)3072;
ServicePointManager.ServerCertificateValidationCallback = new System.Net.Security.RemoteCertificateValidationCallback(delegate { return true; });
var client = new WebClient { Proxy = null };`),
		)
		const { proof, script } = await proveJob(engine, read)
		expect(proof, script).toMatchObject({ details: [], report: { level: 'E3' } })
		expect(differences(read)).toContain('RG-D211')
	})

	it('is asked for without the Windows account, which a difference says', () => {
		const account = 'WebClient client = new WebClient { Credentials = CredentialCache.DefaultCredentials };'
		expect(differences(job(load(account)))).toContain('RG-D210')
		expect(
			differences(job(load('WebClient client = new WebClient(); client.UseDefaultCredentials = true;'))),
		).toContain('RG-D210')
	})

	it('is refused where the script logs in by a name of its own', () => {
		const own = 'WebClient client = new WebClient { Credentials = new NetworkCredential("etl", "hunter2") };'
		const apart =
			'var login = new NetworkCredential("etl", "hunter2"); var client = new WebClient(); client.Credentials = login;'
		expect(() => job(load(own))).toThrow(/a login at a web server/)
		expect(() => job(load(apart))).toThrow(/a login at a web server/)
	})
})

describe('the age of a file', () => {
	it('is that of its last change, which a difference says', async () => {
		const read = job(
			'foreach (FileInfo one in new DirectoryInfo(@"C:\\in").GetFiles("*.zip")) { if ((DateTime.Now - one.CreationTime).Days > 10) one.Delete(); }',
		)
		expect(differences(read)).toContain('RG-D212')
		const { proof, script } = await proveJob(engine, read)
		expect(proof, script).toMatchObject({ details: [], report: { level: 'E3' } })
	})
})
