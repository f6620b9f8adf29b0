/** What a script is for, by the names that its code uses: for statistics and for people, whether or not it can be translated. */
import type { ScriptIntent } from '#model/scripts.ts'
import type { StoredScript } from './storage.ts'

const signs: readonly (readonly [ScriptIntent, RegExp])[] = [
	['row logic', /_ProcessInput(?:Row)?\s*\(|ProcessInputRow\s*\(/],
	['rows of its own', /CreateNewOutputRows\s*\(/],
	[
		'database',
		/\b(?:SqlConnection|SqlCommand|OleDb\w+|OdbcConnection|DataTable|ADODB|Recordset|DataSet|SqlBulkCopy)\b/,
	],
	['mail', /\b(?:SmtpClient|MailMessage)\b/],
	['http', /\b(?:WebClient|HttpWebRequest|HttpClient|WebRequest|SoapHttpClientProtocol)\b|\.AirportInfo\b/],
	['archive', /\b(?:ZipFile|ZipArchive|GZipStream|FtpClientConnection|FtpWebRequest|Sftp\w*)\b/],
	['office', /\bInterop\.(?:Excel|Word|Outlook)\b/],
	['xml', /\b(?:XmlDocument|XDocument|XmlReader|XmlNode\w*|XElement)\b/],
	['hashing', /\b(?:MD5\w*|SHA\d+\w*|HashAlgorithm|ComputeHash)\b/],
	[
		'files',
		/\b(?:File|Directory|FileInfo|DirectoryInfo|StreamReader|StreamWriter|FileStream)\b\s*(?:\.|\(|\w+\s*=)|\bNew (?:StreamReader|StreamWriter|FileInfo)/,
	],
	['registry or environment', /\bEnvironment\.(?:GetEnvironmentVariable|MachineName|UserName)|\bRegistry\b/],
	['sets variables', /Variables\s*[[(][^\])]*[\])]\.Value\s*=[^=]|\bVariables\.\w+\s*=[^=]/],
	['log or message', /\b(?:MessageBox|MsgBox|Dts\.Log|Fire(?:Information|Warning|Error|Progress)|Console\.Write\w*)\b/],
]

export function intentsOf({ text, language }: StoredScript): readonly ScriptIntent[] {
	const code = withoutComments(text, language)
	const found = signs.filter(([, sign]) => sign.test(code)).map(([intent]) => intent)
	return found.length === 0 ? ['nothing'] : found
}

/** Comments of the designer name half of the runtime. Texts stay: a sign in one does no harm. */
function withoutComments(text: string, language: StoredScript['language']): string {
	if (language === 'vb') return text.replace(/^\s*'.*$/gm, '')
	return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:"])\/\/.*$/gm, '$1')
}
