/** Control flow: what runs, in which order, with which variables. Each step writes a line with an expression's value to a log. */
import { dtsx } from '../../support/dtsx-builder.ts'
import type { Case } from '../../support/ssis-case.ts'
import { file, packageOf } from '../../support/ssis-case.ts'
import { derive, fan, source, target } from '../../support/ssis-components.ts'
import { flow } from '../../support/ssis-flow.ts'
import { text } from './derived-columns.ts'

const x = dtsx(8)
const IN = 'C:\\subjects\\one.txt'
const LOG = 'C:\\subjects\\log.txt'
type Texts = Readonly<Record<string, string | number>>

/** A data flow that adds one line to the log. */
export const step = (name: string, expression: string, properties: Texts = {}, failing = false): string => {
	const line = flow(name)
	const { rows } = source(line, 'One', 'In', { Id: 'i4' })
	const { rows: told } = derive(line, 'Tell', rows, {
		Line: { type: 'wstr(200)', expression: failing ? '(DT_WSTR,9)(Id / (Id - Id))' : expression },
	})
	target(line, 'Log', 'Log', told, { Line: 'Line' }, { properties: { Overwrite: 'false' } })
	return x.executable(name, 'Microsoft.Pipeline', line.pipeline(), '', properties)
}
export const fails = (name: string, properties: Texts = {}): string => step(name, '""', properties, true)

export const container = (name: string, type: string, inside: string, own: Texts = {}, before = ''): string =>
	`<DTS:Executable${Object.entries({
		ObjectName: name,
		DTSID: `{${name}}`,
		ExecutableType: type,
		CreationName: type,
		refId: `Package\\${name}`,
		...own,
	})
		.map(
			([key, value]) =>
				` DTS:${key}="${String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"`,
		)
		.join('')}>${before}${inside}</DTS:Executable>`

const loop = (
	name: string,
	enumerator: string,
	data: string,
	variables: readonly (readonly [string, number])[],
	inside: string,
): string =>
	container(
		name,
		'STOCK:FOREACHLOOP',
		x.executables(inside),
		{},
		`<DTS:ForEachEnumerator DTS:CreationName="${enumerator}"><DTS:ObjectData>${data}</DTS:ObjectData></DTS:ForEachEnumerator><DTS:ForEachVariableMappings>${variables.map(([variable, index]) => `<DTS:ForEachVariableMapping DTS:VariableName="User::${variable}" DTS:ValueIndex="${index}"/>`).join('')}</DTS:ForEachVariableMappings>`,
	)

export const expression = (name: string, text: string): string =>
	x.executable(
		name,
		'Microsoft.ExpressionTask',
		`<ExpressionTask Expression="${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"/>`,
	)

export interface Scene {
	readonly name: string
	readonly tasks: readonly string[]
	readonly order?: readonly string[]
	readonly variables?: readonly string[]
	readonly log?: readonly string[]
	readonly more?: Partial<Case>
	readonly extra?: readonly string[]
	readonly handlers?: string
}

export function scene(one: Scene): Case {
	return {
		name: one.name,
		package: packageOf({
			name: one.name,
			files: {
				In: { path: IN, columns: { Id: 'i4' } },
				Log: { path: LOG, columns: { Line: 'wstr(200)' }, properties: { ColumnNamesInFirstDataRow: 'False' } },
			},
			variables: one.variables ?? [],
			extra: one.extra ?? [],
			control: x.executables(...one.tasks) + x.constraints(...(one.order ?? [])) + (one.handlers ?? ''),
		}),
		ordered: true,
		...one.more,
		inputs: { [IN]: text('Id', '1'), ...one.more?.inputs },
		...(one.log === undefined ? {} : { expected: { [LOG]: one.log } }),
	}
}

export const after = (from: string, to: string, properties: Texts = {}): string => x.constraint(from, to, properties)
export const forLoop = (name: string, init: string, test: string, next: string, inside: string, more = ''): string =>
	container(name, 'STOCK:FORLOOP', `${x.executables(inside)}${more}`, {
		InitExpression: init,
		EvalExpression: test,
		AssignExpression: next,
	})

const script = (name: string, code: string, writes: string, reads = ''): string =>
	x.executable(
		name,
		'Microsoft.ScriptTask',
		`<ScriptProject Name="ST_1" Language="CSharp" ReadOnlyVariables="${reads}" ReadWriteVariables="${writes}"><ProjectItem Name="ScriptMain.cs" Encoding="UTF8"><![CDATA[using System;\nusing Microsoft.SqlServer.Dts.Runtime;\nnamespace ST_1 {\n[Microsoft.SqlServer.Dts.Tasks.ScriptTask.SSISScriptTaskEntryPointAttribute]\npublic partial class ScriptMain : Microsoft.SqlServer.Dts.Tasks.ScriptTask.VSTARTScriptObjectModelBase {\npublic void Main() {\n${code}\nDts.TaskResult = (int)ScriptResults.Success;\n}\nenum ScriptResults { Success = Microsoft.SqlServer.Dts.Runtime.DTSExecResult.Success, Failure = Microsoft.SqlServer.Dts.Runtime.DTSExecResult.Failure };\n}\n}]]></ProjectItem></ScriptProject>`,
	)

const fileLoop = (retrieval: number, pattern: string, recurse = '0'): string =>
	`<ForEachFileEnumeratorProperties><FEFEProperty Folder="C:\\subjects\\many"/><FEFEProperty FileSpec="${pattern}"/><FEFEProperty FileNameRetrievalType="${retrieval}"/><FEFEProperty Recurse="${recurse}"/></ForEachFileEnumeratorProperties>`
const manyFiles = {
	inputs: {
		'C:\\subjects\\many\\a_1.txt': text('Id', '1'),
		'C:\\subjects\\many\\a_2.csv': text('Id', '2'),
		'C:\\subjects\\many\\b.txt': text('Id', '3'),
	},
}
const items = (...rows: readonly (readonly string[])[]): string =>
	`<FEIEItems>${rows.map((row) => `<FEIEItem>${row.map((value) => `<FEIEItemValue Type="8" Value="${value}"/>`).join('')}</FEIEItem>`).join('')}</FEIEItems>`

const recordset = ((): string => {
	const fill = flow('Fill')
	const { rows } = source(fill, 'Many', 'Many', {
		Id: 'i4',
		Name: 'wstr(9)',
		Amount: 'numeric(9,2)',
		Day: 'dbTimeStamp',
	})
	fan(
		fill,
		'Keep',
		'Microsoft.RecordsetDestination',
		rows,
		{},
		{ VariableName: 'User::Rows' },
		{ Id: {}, Name: {}, Amount: {}, Day: {} },
	)
	return x.executable('Fill', 'Microsoft.Pipeline', fill.pipeline())
})()

export const cases: readonly Case[] = [
	scene({
		name: 'For loop that counts, with an inner expression task',
		variables: [x.variable('I', 3, '0'), x.variable('Sum', 3, '0')],
		tasks: [
			forLoop(
				'Loop',
				'@I = 1',
				'@I <= 4',
				'@I = @I + 1',
				expression('Add', '@[User::Sum] = @[User::Sum] + @[User::I]'),
			),
			step('End', '(DT_WSTR,9)@[User::I] + "/" + (DT_WSTR,9)@[User::Sum]'),
		],
		order: [after('Loop', 'End')],
		log: ['5/10'],
	}),
	scene({
		name: 'For loop that writes in each pass',
		variables: [
			x.variable('I', 3, '7'),
			x.variable('Name', 8, '', { EvaluateAsExpression: 'True', Expression: '"pass " + (DT_WSTR,2)@[User::I]' }),
		],
		tasks: [forLoop('Loop', '', '@[User::I] > 5', '@I = @I - 1', step('Write', '@[User::Name]'))],
		log: ['pass 7', 'pass 6'],
	}),
	scene({
		name: 'Foreach over items of two columns',
		variables: [x.variable('A', 8, ''), x.variable('B', 3, '0')],
		tasks: [
			loop(
				'Loop',
				'Microsoft.ForEachItemEnumerator',
				items(['x', '1'], ['y', '-2']),
				[
					['B', 1],
					['A', 0],
				],
				step('Write', '@[User::A] + (DT_WSTR,4)(@[User::B] * 2)'),
			),
		],
		log: ['x2', 'y-4'],
	}),
	...(
		[
			[1, 'a_*.txt', ['a_1.txt']],
			[2, '*.txt', ['a_1', 'b']],
			[1, '*', ['a_1.txt', 'a_2.csv', 'b.txt']],
			[1, 'a_?.*', ['a_1.txt', 'a_2.csv']],
		] as const
	).map(([retrieval, pattern, log]) =>
		scene({
			name: `Foreach over files, ${pattern}, part ${retrieval}`,
			variables: [x.variable('F', 8, '')],
			tasks: [
				loop(
					'Loop',
					'Microsoft.ForEachFileEnumerator',
					fileLoop(retrieval, pattern),
					[['F', 0]],
					step('Write', '@[User::F]'),
				),
			],
			log,
			more: manyFiles,
		}),
	),
	scene({
		name: 'Foreach over the rows of a recordset',
		variables: [
			x.variable('Rows', 13, ''),
			x.variable('Id', 3, '0'),
			x.variable('Name', 8, ''),
			x.variable('Amount', 14, '0'),
			x.variable('Day', 7, '2000-01-01'),
		],
		extra: [
			file('Many', {
				path: 'C:\\subjects\\rows.txt',
				columns: { Id: 'i4', Name: 'wstr(9)', Amount: 'numeric(9,2)', Day: 'dbTimeStamp' },
			}),
		],
		tasks: [
			recordset,
			loop(
				'Loop',
				'Microsoft.ForEachADOEnumerator',
				'<FEEADO EnumType="EnumerateRowsInFirstTable" VarName="User::Rows"/>',
				[
					['Id', 0],
					['Name', 1],
					['Amount', 2],
					['Day', 3],
				],
				step('Write', '(DT_WSTR,9)@[User::Id] + @[User::Name] + (DT_WSTR,4)YEAR(@[User::Day])'),
			),
		],
		order: [after('Fill', 'Loop')],
		log: ['1Ann2024', '2Bob2023'],
		more: {
			inputs: { 'C:\\subjects\\rows.txt': text('Id,Name,Amount,Day', '1,Ann,1.50,2024-02-29', '2,Bob,.25,2023-01-01') },
		},
	}),
	scene({
		name: 'Foreach over the nodes of a document',
		variables: [x.variable('N', 8, '')],
		tasks: [
			loop(
				'Loop',
				'Microsoft.ForEachNodeListEnumerator',
				'<FEENODELIST EnumerationType="NodeText" SourceType="DirectInput" SourceDocument="&lt;r&gt;&lt;n&gt;a&lt;/n&gt;&lt;n&gt;b&lt;/n&gt;&lt;/r&gt;" OuterXPathString="/r/n"/>',
				[['N', 0]],
				step('Write', '@[User::N]'),
			),
		],
		log: ['a', 'b'],
	}),
	scene({
		name: 'Foreach over a list that a script makes',
		variables: [x.variable('List', 13, ''), x.variable('N', 8, '')],
		tasks: [
			script('Make', 'Dts.Variables["User::List"].Value = new string[] { "p", "q" };', 'User::List'),
			loop(
				'Loop',
				'Microsoft.ForEachFromVarEnumerator',
				'<FEEFVE VariableName="User::List"/>',
				[['N', 0]],
				step('Write', '@[User::N]'),
			),
		],
		order: [after('Make', 'Loop')],
		log: ['p', 'q'],
	}),
	scene({
		name: 'Constraints by success, failure and completion',
		tasks: [
			step('A', '"a"'),
			fails('B', { FailParentOnFailure: 'False' }),
			step('C', '"after success"'),
			step('D', '"after failure"'),
			step('E', '"after completion"'),
			step('F', '"never"'),
		],
		order: [
			after('A', 'B'),
			after('A', 'C'),
			after('B', 'D', { Value: 1 }),
			after('B', 'E', { Value: 2 }),
			after('B', 'F'),
		],
		more: { fails: 'Tell' },
	}),
	scene({
		name: 'A failed task that its container forgives',
		tasks: [
			container('Box', 'STOCK:SEQUENCE', x.executables(fails('B')), { MaximumErrorCount: 5, MaxErrorCount: 5 }),
			step('D', '"went on"'),
		],
		order: [after('Box', 'D', { Value: 2 })],
		more: { fails: 'Tell' },
	}),
	scene({
		name: 'Constraints by expression',
		variables: [x.variable('N', 3, '5')],
		tasks: [step('A', '"a"'), step('B', '"big"'), step('C', '"small"'), step('D', '"either"')],
		order: [
			after('A', 'B', { EvalOp: 3, Expression: '@[User::N] > 3' }),
			after('A', 'C', { EvalOp: 1, Expression: '@[User::N] < 3' }),
			after('B', 'D', { LogicalAnd: 'False' }),
			after('C', 'D', { LogicalAnd: 'False' }),
		],
		log: ['a', 'big', 'either'],
	}),
	scene({
		name: 'A task that waits for all, one of which never runs',
		variables: [x.variable('N', 3, '5')],
		tasks: [step('A', '"a"'), step('B', '"b"'), step('C', '"c"'), step('D', '"both"')],
		order: [
			after('A', 'B', { LogicalAnd: 'True' }),
			after('A', 'C', { EvalOp: 3, Expression: '@[User::N] < 3', LogicalAnd: 'True' }),
			after('B', 'D', { LogicalAnd: 'True' }),
			after('C', 'D', { LogicalAnd: 'True' }),
		],
		log: ['a', 'b'],
	}),
	scene({
		name: 'Constraint or expression',
		variables: [x.variable('N', 3, '5')],
		tasks: [step('A', '"a"'), step('B', '"b"')],
		order: [after('A', 'B', { EvalOp: 4, Value: 1, Expression: '@[User::N] == 5' })],
		log: ['a', 'b'],
	}),
	scene({
		name: 'A disabled task, and what comes after it',
		tasks: [step('A', '"a"'), step('B', '"b"', { Disabled: 'True' }), step('C', '"c"')],
		order: [after('A', 'B'), after('B', 'C')],
		log: ['a', 'c'],
	}),
	scene({
		name: 'Variables: inner ones hide outer ones, expressions are read anew',
		variables: [
			x.variable('V', 8, 'outer'),
			x.variable('W', 8, '', { EvaluateAsExpression: 'True', Expression: '"<" + @[User::V] + ">"' }),
		],
		tasks: [
			container('Box', 'STOCK:SEQUENCE', `${x.variable('V', 8, 'inner')}${x.executables(step('A', '@[User::V]'))}`),
			expression('Set', '@[User::V] = UPPER(@[User::V]) + "!"'),
			step('B', '@[User::W]'),
		],
		order: [after('Box', 'Set'), after('Set', 'B')],
		log: ['inner', '<OUTER!>'],
	}),
	scene({
		name: 'A script that sets variables',
		variables: [
			x.variable('N', 3, '5'),
			x.variable('S', 8, 'x'),
			x.variable('Flag', 11, '0'),
			x.variable('D', 7, '2024-02-28T00:00:00'),
		],
		tasks: [
			script(
				'Code',
				'int n = (int)Dts.Variables["User::N"].Value;\nfor (int i = 0; i < 3; i++) { n += i; }\nDts.Variables["User::N"].Value = n;\nDts.Variables["User::S"].Value = string.Format("{0}-{1:D3}", "k", n).ToUpper();\nDts.Variables["User::Flag"].Value = n > 7;\nDts.Variables["User::D"].Value = ((DateTime)Dts.Variables["User::D"].Value).AddDays(2);',
				'User::N,User::S,User::Flag,User::D',
			),
			step('Tell', '@[User::S] + (@[User::Flag] ? "yes" : "no") + (DT_WSTR,2)DAY(@[User::D])'),
		],
		order: [after('Code', 'Tell')],
		log: ['K-008yes1'],
	}),
	scene({
		name: 'Parameters of the package, with other values',
		extra: [
			'<DTS:PackageParameters><DTS:PackageParameter DTS:ObjectName="P" DTS:DataType="8"><DTS:Property DTS:DataType="8" DTS:Name="ParameterValue">default</DTS:Property></DTS:PackageParameter><DTS:PackageParameter DTS:ObjectName="Q" DTS:DataType="3"><DTS:Property DTS:DataType="3" DTS:Name="ParameterValue">4</DTS:Property></DTS:PackageParameter></DTS:PackageParameters>',
		],
		tasks: [step('Tell', '@[$Package::P] + (DT_WSTR,5)(@[$Package::Q] * 2)')],
		more: { parameters: { '$Package::P': 'given', '$Package::Q': '21' } },
		log: ['given42'],
	}),
	scene({
		name: 'System variables',
		tasks: [
			step(
				'Tell',
				'@[System::PackageName] + "/" + @[System::TaskName] + "/" + (DT_WSTR,10)(DT_DBDATE)@[System::StartTime]',
			),
		],
		log: ['System variables/Tell/2024-01-15'],
	}),
	scene({
		name: 'A handler of errors writes what happened',
		tasks: [step('A', '"a"'), fails('B')],
		order: [after('A', 'B')],
		handlers: `<DTS:EventHandlers><DTS:EventHandler DTS:EventName="OnError" DTS:refId="Package.EventHandlers[OnError]">${x.executables(step('H', '"handled " + @[System::SourceName]'))}</DTS:EventHandler></DTS:EventHandlers>`,
		more: { fails: 'Tell' },
	}),
]
