import { from, subject, to, transformer, variable } from '../../support/functional-job.ts'

subject('Transformer: dates', {
	dates: {
		stages: [transformer('T')],
		links: [
			from(
				'In',
				'T',
				`D date
				S varchar(10)`,
			),
			to(
				'Out',
				'T',
				`A varchar(10) = DateToString(in.D, "%dd/%mm/%yyyy")
				B date = StringToDate(in.S, "%dd.%mm.%yyyy")
				C int = DaysSinceFromDate(in.D, "2020-01-01")
				D int = YearFromDate(in.D) * 100 + MonthFromDate(in.D)
				E date = DateFromDaysSince(10, in.D)
				F int = WeekdayFromDate(in.D)
				G date = DateOffsetByComponents(in.D, 0, 1, 0)
				H timestamp = TimestampFromDateTime(in.D, "10:11:12")
				I int = If IsValid("date", in.S, "%dd.%mm.%yyyy") Then 1 Else 0
				J varchar(10) = in.D`,
			),
		],
		given: { In: '2020-02-28,31.12.1999\n' },
		written: { Out: '28/02/2020,1999-12-31,58,202002,2020-03-09,5,2020-03-28,2020-02-28 10:11:12,1,2020-02-28\n' },
	},
	'a text that is no date keeps its row, with null where the column may be null': {
		stages: [transformer('T')],
		links: [
			from('In', 'T', 'K int\nS varchar(10)'),
			to('Nullable', 'T', 'K int = in.K\nA date? = StringToDate(in.S)\nB date? = in.S'),
			to('Asked', 'T', 'K int = in.K\nA date? = If IsValid("date", in.S) Then StringToDate(in.S) Else SetNull()'),
			to('Set', 'T', 'K int = in.K\nA date = StringToDate(in.S)'),
		],
		given: { In: '1,2020-02-29\n2,2021-02-29\n3,soon\n' },
		written: {
			Nullable: '1,2020-02-29,2020-02-29\n2,NULL,NULL\n3,NULL,NULL\n',
			Asked: '1,2020-02-29\n2,NULL\n3,NULL\n',
			Set: '1,2020-02-29\n',
		},
	},
	'a stage variable that is no date rejects the row': {
		stages: [transformer('T', [variable('svDay date = StringToDate(in.S)', '0')])],
		links: [
			from('In', 'T', 'K int\nS varchar(10)'),
			to('Out', 'T', 'K int = in.K\nA date? = svDay'),
			to('Bad', 'T', 'K int\nS varchar(10)', { kind: 'reject', out: { ErrorPin: '1' } }),
		],
		given: { In: '1,2020-02-29\n2,soon\n' },
		written: { Out: '1,2020-02-29\n', Bad: '2,soon\n' },
	},
})
