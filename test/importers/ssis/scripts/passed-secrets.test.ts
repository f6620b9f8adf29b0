import { describe, expect, it } from 'vitest'
import { withoutPassedSecrets } from '#importers/ssis/scripts/passed-secrets.ts'

describe('a password that code hands to its own method', () => {
	it.each([
		[
			'Send("smtp", 25, "etl", "hunter2", "a");\npublic void Send(string host, int port, string user, string Password, string to) { }',
			'Send("smtp", 25, "etl", "***", "a");\npublic void Send(string host, int port, string user, string Password, string to) { }',
		],
		[
			'Login(Name(1, ")"), @"hunter2")\nPrivate Function Login(ByVal user As String, ByVal smtpPwd As String) As Boolean',
			'Login(Name(1, ")"), @"***")\nPrivate Function Login(ByVal user As String, ByVal smtpPwd As String) As Boolean',
		],
	])('is no longer there: %#', (code, safe) => {
		expect(withoutPassedSecrets(code)).toBe(safe)
	})

	it.each([
		'Send("smtp", Secret());\nvoid Send(string host, string password) { }',
		'Send("smtp", "hunter2");\nvoid Send(string host, string user) { }',
		'mail.Send("a", "b");\nvoid Send(string host, string password) { }',
		'Send("smtp", "never closed',
	])('leaves other code as it is: %#', (code) => {
		expect(withoutPassedSecrets(code)).toBe(code)
	})
})
