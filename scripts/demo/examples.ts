/** The example jobs: what they are run on, and what they must write. The demo and the end-to-end tests share them. */
import path from 'node:path'
import { readDataSet } from '#evidence/reconcile/data-set.ts'
import type { ReconcileReport } from '#evidence/reconcile/reconcile.ts'
import { reconcile } from '#evidence/reconcile/reconcile.ts'
import type { Binding } from '#pipeline/run/bindings.ts'
import type { OutputEntry } from '#pipeline/run/outputs.ts'
import { root } from '../rules/tree.ts'

export interface Example {
	/** The job's name in its export. */
	readonly job: string
	/** Below the project's folder. */
	readonly export: string
	readonly bindings: readonly Binding[]
	/** Element that writes → file that it must write, below the project's folder. */
	readonly expected: ReadonlyMap<string, string>
}

const examplesFolder = path.join(root, 'examples')

const retail = path.join(examplesFolder, 'datastage-retail')
const orders = path.join(examplesFolder, 'ssis-orders')

export const examples: readonly Example[] = [
	{
		job: 'DailySales',
		export: 'examples/datastage-retail/daily_sales.dsx',
		bindings: [
			{ old: '/data/retail/in/orders.txt', new: path.join(retail, 'data', 'orders.txt') },
			{ old: '/data/retail/in/customers.txt', new: path.join(retail, 'data', 'customers.txt') },
		],
		expected: new Map([
			['SalesDetail', path.join(retail, 'expected', 'sales_detail.txt')],
			['SalesByRegion', path.join(retail, 'expected', 'sales_by_region.txt')],
			['Returns', path.join(retail, 'expected', 'returns.txt')],
			['BadOrders', path.join(retail, 'expected', 'bad_orders.txt')],
			['UnknownCustomers', path.join(retail, 'expected', 'unknown_customers.txt')],
		]),
	},
	{
		job: 'LoadOrders',
		export: 'examples/ssis-orders/LoadOrders.dtsx',
		bindings: [
			{ old: 'C:\\shop\\in\\orders.csv', new: path.join(orders, 'data', 'orders.csv') },
			// The Lookup's query has no path; the component's name stands for it.
			{ old: 'Find customer', new: path.join(orders, 'data', 'customers.jsonl') },
		],
		expected: new Map([
			['Order stage', path.join(orders, 'expected', 'order_stage.jsonl')],
			['By country file', path.join(orders, 'expected', 'by_country.csv')],
			['Cancelled file', path.join(orders, 'expected', 'cancelled.csv')],
			['Unknown customers file', path.join(orders, 'expected', 'unknown_customers.csv')],
			['Bad lines file', path.join(orders, 'expected', 'bad_lines.csv')],
		]),
	},
]

/**
 * Compares one output with the file that belongs to it, to the character of each field, rows in any order.
 *
 * @param out folder that the run wrote to
 */
export async function compareOutput(output: OutputEntry, expected: string, out: string): Promise<ReconcileReport> {
	const { format } = output
	const read =
		format === 'jsonl'
			? { delimiter: 'jsonl' }
			: format === 'file'
				? {}
				: {
						delimiter: format.delimiter,
						quote: format.quote ?? '',
						header: format.header,
						encoding: format.encoding,
					}
	const [wanted, written] = await Promise.all([
		readDataSet(expected, read),
		readDataSet(path.join(out, output.path), read),
	])
	return reconcile(wanted, written, { exact: true })
}
