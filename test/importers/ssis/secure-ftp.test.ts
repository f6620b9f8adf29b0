import { describe, expect, it } from 'vitest'
import { first, jobOf, variables, x } from '../../support/ssis-tasks.ts'

const settings: Readonly<Record<string, string>> = {
	FtpHostName: 'sftp.shop.example',
	FtpLocalPath: 'C:\\in',
	FtpOperationName: 'GetFiles',
	FtpPassword: 'hush',
	FtpPortNumber: '22',
	FtpProtocolName: 'Sftp',
	FtpRemotePath: '/out/',
	FtpRemove: '0',
	FtpSshHostKeyFingerprint: 'ssh-rsa 2048 00',
	FtpUserName: 'me',
}
const task = (changes: Readonly<Record<string, string>> = {}, inside = '') => {
	const data = Object.entries({ ...settings, ...changes }).map(([name, value]) => `<${name} Value="${value}"/>`)
	const type = 'SSIS2016Cookbook.SecureFTP, SSISCustomTasks, Version=1.0.0.0, Culture=neutral, PublicKeyToken=00'
	return jobOf(
		variables(x.variable('Clear', 11, '0')),
		x.executables(x.executable('Get', type, `<InnerObject>${data.join('')}</InnerObject>`, inside)),
	)
}

describe('Secure FTP', () => {
	it('fetches over SSH and goes on where the server refuses', () => {
		const job = task()
		expect(first(job)).toMatchObject({
			kind: 'file-transfer',
			operation: 'receive',
			connection: 'sftp.shop.example',
			remote: { text: '/out/' },
			local: { text: 'C:\\in' },
			mayFail: true,
			overSsh: { removes: { expression: { value: false } } },
		})
		expect(job.differences).toMatchObject([{ id: 'RG-D151' }])
	})

	it('takes what expressions compute, its login aside', () => {
		const computed = ['FtpRemove', 'FtpPassword', 'FtpHostName'].map(
			(name) =>
				`<DTS:PropertyExpression DTS:Name="${name}">${name === 'FtpRemove' ? '@[User::Clear]' : '"x"'}</DTS:PropertyExpression>`,
		)
		const job = task({ FtpOperationName: 'PutFiles' }, computed.join(''))
		expect(first(job)).toMatchObject({ operation: 'send', overSsh: { removes: { text: '@[User::Clear]' } } })
		expect(job.differences).toMatchObject([{ detail: expect.stringMatching(/whatever its expressions say/) }])
	})

	it('keeps no password, and stays opaque for other protocols', () => {
		const job = task({ FtpProtocolName: 'Ftp' })
		expect(first(job)).toMatchObject({ kind: 'opaque', reason: 'it speaks Ftp' })
		expect(JSON.stringify(job)).not.toContain('hush')
	})
})
