/** The report as a reader meets it, in a real Chromium. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobReport, Level } from '#evidence/report.ts'
import { totalsOf } from '#evidence/report.ts'
import { reportAssets } from '#pipeline/report-assets.ts'
import { reportDocument } from '#report/document.ts'
import { jobPage } from '#report/job-page.ts'
import { examples, type Folder, reglue, temporaryFolder } from '../cli/reglue.ts'
import { chromiumPath, startChromium } from '../support/chromium.ts'
import { jobReportOf } from '../support/job-report.ts'
import { badContrasts } from './contrast.ts'

const laptop = { width: 1366, height: 850 }
const phone = { width: 390, height: 844 }
const skipped = chromiumPath === undefined ? ' (skipped: there is no Chromium on this machine)' : ''

/** 240 jobs: every third proven, every fourth a sequence; one has a hostile name. */
function manyJobs(): readonly JobReport[] {
	return Array.from({ length: 240 }, (_, index) => {
		const proven = index % 3 === 0
		const level: Level = proven ? 'E3' : 'E1'
		return jobReportOf({
			name: index === 7 ? '<img src=x onerror="document.title=1">' : `Job_${index}`,
			kind: index % 4 === 0 ? 'sequence' : 'parallel',
			unit: `unit-${index % 5}`,
			category: proven ? 'AUTO' : 'MANUAL',
			accounting: { total: index, exact: index, declared: 0, opaque: 0, dropped: 0, items: [] },
			evidence: { ...jobReportOf().evidence, level },
		})
	})
}

describe.skipIf(chromiumPath === undefined)(`The report in a browser${skipped}`, () => {
	let browser: Browser
	let folder: Folder
	const problems: string[] = []

	beforeAll(async () => {
		folder = temporaryFolder()
		browser = await startChromium()
		const jobs = manyJobs()
		const report = { jobs, totals: totalsOf([], jobs) }
		// Long enough together to be compressed.
		const code = { path: 'a.py', text: 'x = 1\n'.repeat(4000), edited: false, traces: [] }
		const pages = jobs.map((job, index) => jobPage({ report: job, code, source: () => undefined }, `j${index}`))
		const assets = reportAssets()
		folder.write('many.html', [...reportDocument({ report, folder: 'out', when: 'now', assets, pages })].join(''))
		for (const example of ['datastage-retail/daily_sales.dsx', 'ssis-orders/LoadOrders.dtsx'])
			folder.write(`exports/${example}`, readFileSync(path.join(examples, example)))
		await reglue(['migrate', 'exports', '--out', 'out', '--engine', 'none', '--quiet'], { cwd: folder.path })
		await reglue(['report', 'out', '--out', 'real.html'], { cwd: folder.path })
	})

	afterAll(async () => {
		await browser.close()
		folder.remove()
	})

	async function open(
		file: string,
		options: Partial<Parameters<Browser['newPage']>[0]> & { readonly hash?: string } = {},
	): Promise<Page> {
		const page = await browser.newPage({ viewport: laptop, ...options })
		page.on('console', (message) => problems.push(message.text()))
		page.on('pageerror', (error) => problems.push(error.message))
		page.on('request', (request) => {
			if (!request.url().startsWith('file:')) problems.push(request.url())
		})
		await page.goto(`${pathToFileURL(path.join(folder.path, file)).href}${options.hash ?? ''}`)
		return page
	}

	const names = (page: Page) => page.locator('.jobs tbody th a').allTextContents()
	const status = (page: Page) => page.locator('#shown').textContent()

	it('filters by evidence, kind, unit and text, and its counts add up', async () => {
		const page = await open('many.html')
		expect(await names(page)).toHaveLength(100)
		expect(await status(page)).toMatch(/^240 of 240 jobs/)
		await page.locator('label:has(input[value="E3"])').click()
		expect(await status(page)).toMatch(/^80 of 240 jobs/)
		const kinds = page.locator('label:has(input[name="kind"]) b')
		expect((await kinds.allTextContents()).map(Number)).toEqual([60, 20])
		const levels = page.locator('label:has(input[name="level"]) b')
		expect((await levels.allTextContents()).map(Number)).toEqual([80, 160])
		await page.locator('label:has(input[value="sequence"])').click()
		await page.selectOption('select[name="unit"]', 'unit-0')
		expect(await names(page)).toEqual(['Job_0', 'Job_60', 'Job_120', 'Job_180'])
		await page.fill('input[name="text"]', 'JOB_6')
		expect(await names(page)).toEqual(['Job_60'])
		await page.click('button[type="reset"]')
		await expect.poll(() => status(page)).toMatch(/^240 of 240 jobs/)
		await page.close()
	})

	it('sorts by a column and back, and shows more on demand', async () => {
		const page = await open('many.html')
		await page.click('th[data-sort="elements"] button')
		expect((await names(page)).slice(0, 2)).toEqual(['Job_239', 'Job_238'])
		expect(await page.getAttribute('th[data-sort="elements"]', 'aria-sort')).toBe('descending')
		await page.click('th[data-sort="elements"] button')
		expect((await names(page))[0]).toBe('Job_0')
		await page.click('#more')
		await page.click('#more')
		expect(await names(page)).toHaveLength(240)
		expect(await page.locator('#more').isVisible()).toBe(false)
		await page.close()
	})

	it('unpacks the page of a job when it is opened, with hostile names as text', async () => {
		const page = await open('many.html')
		await page.locator('.jobs a', { hasText: '<img' }).click()
		await page.waitForSelector('#page h2')
		expect(await page.textContent('#page h2')).toBe('<img src=x onerror="document.title=1">')
		expect(await page.locator('#portfolio').isVisible()).toBe(false)
		await page.click('text=← All jobs')
		await page.waitForSelector('.jobs', { state: 'visible' })
		await page.close()
	})

	it('marks the lines of a stage and the stage of a line', async () => {
		const page = await open('real.html', { hash: '#j0' })
		const job = page.locator('.job.on')
		await job.locator('.stage', { hasText: 'XfmPrice' }).locator('summary').click()
		const marked = job.locator('.run.marked')
		expect(await marked.first().textContent()).toContain('from XfmPrice')
		expect(await job.locator('.box.marked').count()).toBe(1)
		const other = job.locator('.run', { hasNotText: 'from XfmPrice' }).first()
		const name = (await other.locator('.from').textContent())?.replace('from ', '') ?? ''
		await other.locator('.l').last().click()
		expect(await job.locator('.stage.marked summary strong').textContent()).toBe(name)
		await page.close()
	})

	it.each(['light', 'dark'] as const)('has enough contrast everywhere, %s', async (colorScheme) => {
		for (const hash of ['', '#j0', '#j1']) {
			const page = await open('real.html', { colorScheme, hash })
			await page.evaluate(() => {
				for (const part of document.querySelectorAll('details')) part.open = true
			})
			expect(await page.evaluate(badContrasts)).toEqual([])
			await page.close()
		}
	})

	it('would see a text that is too faint', async () => {
		const page = await open('real.html')
		await page.evaluate(() => {
			for (const heading of document.querySelectorAll('h1')) heading.style.color = '#a0a0a0'
		})
		expect(await page.evaluate(badContrasts)).toEqual([expect.stringContaining('H1. 2')])
		await page.close()
	})

	it.each(['', '#j0', '#j1'])('never scrolls sideways on a phone: %s', async (hash) => {
		for (const file of ['real.html', 'many.html']) {
			const page = await open(file, { viewport: phone, hash })
			await page.waitForSelector(hash === '' ? '.jobs' : ':is(.job.on, #page) h2')
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width)
			await page.close()
		}
	})

	it('has one main part, a name for every field and region, and headings in order', async () => {
		const page = await open('real.html', { hash: '#j0' })
		expect(await page.getByRole('main').count()).toBe(1)
		const unnamed = await page.evaluate(() =>
			[...document.querySelectorAll('[role=region], section, svg[role=img]')]
				.filter((part) => !part.getAttribute('aria-label'))
				.map((part) => part.outerHTML.slice(0, 80)),
		)
		expect(unnamed).toEqual([])
		const levels = await page
			.locator(':is(h1, h2, h3, h4):visible')
			.evaluateAll((all) => all.map((one) => Number(one.tagName[1])))
		expect(levels[0]).toBe(1)
		for (const [index, level] of levels.slice(1).entries()) expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1)
		await page.close()
	})

	it('is a readable document without JavaScript', async () => {
		const page = await open('real.html', { javaScriptEnabled: false })
		expect(await page.locator('.jobs tbody tr').count()).toBe(2)
		expect(await page.locator('.filters').isVisible()).toBe(false)
		await page.click('.jobs a >> nth=0')
		expect(await page.locator('#j0 h2').isVisible()).toBe(true)
		expect(await page.locator('#j0 .run').count()).toBeGreaterThan(3)
		await page.close()
	})

	it('had nothing to complain about in all of this, and asked nobody for anything', () => {
		expect(problems).toEqual([])
	})
})
