import { describe, expect, it } from 'vitest'
import { redact, removedSecret } from '#model/redact.ts'

describe('redacting secrets', () => {
	it.each([
		[
			'Data Source=db;User ID=etl;Password=S3cret!;Provider=SQLNCLI',
			'Data Source=db;User ID=etl;Password=***;Provider=SQLNCLI',
		],
		['pwd = "with; semicolon"; next=1', 'pwd = ***; next=1'],
		['{iisenc}Ab12+/==', '***'],
		['postgresql://etl:hunter2@db:5432/dw', 'postgresql://etl:***@db:5432/dw'],
		[`token ghp_${'a'.repeat(36)} leaked`, 'token *** leaked'],
		[`key AKIA${'A'.repeat(16)}`, 'key ***'],
		[`Authorization: Bearer ${'x'.repeat(20)}`, 'Authorization: Bearer ***'],
		['cmd = "odbc;PWD=\\"a;b\\";DB=x"', 'cmd = "odbc;PWD=***;DB=x"'],
		["UPDATE users SET password = 'hunter2' WHERE id = 1", 'UPDATE users SET password = *** WHERE id = 1'],
		["SELECT 1 FROM users u WHERE u.pwd='hunter2'", 'SELECT 1 FROM users u WHERE u.pwd=***'],
		['string smtpPassword = "hunter2";', 'string smtpPassword = ***;'],
		['DB_PASSWORD=hunter2 ./load.sh', 'DB_PASSWORD=*** ./load.sh'],
		['{"Login":"etl","Password": "hunter2"}', '{"Login":"etl","Password": "***"}'],
		[
			String.raw`post = "{\"login\":\"etl\",\"clientSecret\":\"hunter2\"}";`,
			String.raw`post = "{\"login\":\"etl\",\"clientSecret\":\"***\"}";`,
		],
		['<User>etl</User><ApiKey>hunter2</ApiKey>', '<User>etl</User><ApiKey>***</ApiKey>'],
		['new NetworkCredential("etl", "hunter2")', 'new NetworkCredential("etl", ***)'],
		['new NetworkCredential(user, @"hunter2", "corp")', 'new NetworkCredential(user, ***, "corp")'],
		['r.Headers.Add("Authorization", "Basic ZXRsOmh1bnRlcjI=");', 'r.Headers.Add("Authorization", "Basic ***");'],
		['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '***'],
	])('%s', (text, safe) => {
		expect(redact(text)).toBe(safe)
	})

	it.each([
		'SELECT u.id FROM users u JOIN old o ON u.pwd = o.pwd AND u.secret=o.secret',
		'UPDATE users SET password = s.password, secret = @secret, api_key = ?',
		'SELECT id FROM users WHERE pwd = null',
	])('takes another column or a parameter for no secret: %s', (statement) => {
		expect(redact(statement)).toBe(statement)
	})

	it.each([
		String.raw`body = "{\"password\":\"{0}\"}"`,
		String.raw`body = "{\"password\":\"" + password + "\"}"`,
		'<password>{password}</password>',
		'new NetworkCredential(user, password)',
		'"password": null',
	])('takes a place for a value from elsewhere for no secret: %s', (text) => {
		expect(redact(text)).toBe(text)
	})

	it('says what to put in place of a secret, and does not take that for one', () => {
		const once = redact('Password=x;User=y', removedSecret)
		expect(once).toBe('Password=<secret-removed>;User=y')
		expect(redact(once, removedSecret)).toBe(once)
	})

	it('leaves other text as it is, and is the same when done twice', () => {
		const text = "SELECT password_changed, pwd FROM users WHERE note = 'a=b'"
		expect(redact(text)).toBe(text)
		expect(redact(redact('Password=x;'))).toBe('Password=***;')
	})
})
