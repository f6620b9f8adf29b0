import { describe, expect, it } from 'vitest'
import { redact } from '#model/redact.ts'

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
		['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '***'],
	])('%s', (text, safe) => {
		expect(redact(text)).toBe(safe)
	})

	it('leaves other text as it is, and is the same when done twice', () => {
		const text = "SELECT password_changed, pwd FROM users WHERE note = 'a=b'"
		expect(redact(text)).toBe(text)
		expect(redact(redact('Password=x;'))).toBe('Password=***;')
	})
})
