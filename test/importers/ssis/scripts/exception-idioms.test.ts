/** What handlers learn of their exceptions. The texts are those of the class library of .NET Framework in English. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { both } from './script-cases.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'abc' },
	{ id: 2n, name: '9999999999' },
]

it('scripts put the texts of exceptions into columns', async () => {
	const given = await both(engine, {
		rows,
		members: 'Dictionary<string, int> map = new Dictionary<string, int>();',
		code: {
			number: 'try { $ = int.Parse(Row.name).ToString(); } catch (Exception ex) { $ = ex.Message; }',
			date: 'try { $ = DateTime.Parse(Row.name).ToString("s"); } catch (FormatException ex) { $ = "Error: " + ex.Message; }',
			own: 'try { if (Row.id == 1) throw new Exception("one"); $ = "fine"; } catch (Exception e) { $ = e.Message + "!"; }',
			zero: 'try { $ = (Row.id / (Row.id - Row.id)).ToString(); } catch (DivideByZeroException ex) { $ = ex.Message; }',
			key: 'try { $ = map[Row.name].ToString(); } catch (Exception ex) { $ = ex.Message; }',
			place: "try { $ = Row.name.Split(',')[Row.id]; } catch (Exception ex) { $ = ex.Message; }",
			missing: 'string s = null; try { $ = s.Trim(); } catch (Exception ex) { $ = ex.Message; }',
			truth: 'try { $ = bool.Parse(Row.name).ToString(); } catch (Exception ex) { $ = ex.ToString(); }',
		},
	})
	expect(given).toEqual({
		number: ['Input string was not in a correct format.', 'Value was either too large or too small for an Int32.'],
		date: Array(2).fill('Error: String was not recognized as a valid DateTime.'),
		own: ['one!', 'fine'],
		zero: Array(2).fill('Attempted to divide by zero.'),
		key: Array(2).fill('The given key was not present in the dictionary.'),
		place: Array(2).fill('Index was outside the bounds of the array.'),
		missing: Array(2).fill('Object reference not set to an instance of an object.'),
		truth: Array(2).fill('String was not recognized as a valid Boolean.'),
	})
})
