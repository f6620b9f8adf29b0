/**
 * The whole document. Small portfolios carry the pages of their jobs as they are; in large ones each page is compressed and
 * unpacked when someone opens it (docs/decisions/0020).
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Report } from '#evidence/report.ts'
import type { Html } from './html.ts'
import { html, own } from './html.ts'
import { portfolio } from './portfolio.ts'

/** Pages together larger than this, in characters, are compressed. */
const plainUpTo = 3_000_000

export interface Assets {
	readonly style: string
	readonly script: string
}

export interface DocumentInput {
	readonly report: Pick<Report, 'jobs' | 'totals'>
	/** The folder that the report is about, as the user named it. */
	readonly folder: string
	/** When evidence was gathered, as text. */
	readonly when: string
	readonly assets: Assets
	/** A page for each job, in their order. */
	readonly pages: Iterable<Html>
}

/** The document in pieces, to be written one after the other. */
export function* reportDocument({ report, folder, when, assets, pages }: DocumentInput): Generator<string> {
	yield head(assets).markup
	yield html`<body><a class="skip" href="#main">To the jobs</a>
<header class="top"><div><h1>Migration report</h1><p>${folder} · ${when}</p></div><p class="brand">Reglue</p></header>
<main id="main">${portfolio(report.jobs, report.totals)}
`.markup
	yield* packed(pages)
	yield html`<div id="page" hidden></div></main>
<footer><p>E0 accounted · E1 well-formed · E2 runs on Spark · E3 equal to the reference interpreter on synthesised rows · E4 ran on AWS Glue · E5 equal to what the legacy engine wrote.</p><p>Opaque elements were read and not understood; their stubs fail when a job reaches them. Nothing in this file loads anything from elsewhere.</p></footer>
</body></html>
`.markup
}

/** Holds pages back until it is known whether they may stay as they are. */
function* packed(pages: Iterable<Html>): Generator<string> {
	const held: string[] = []
	let size = 0
	let number = 0
	for (const { markup } of pages) {
		size += markup.length
		held.push(markup)
		if (size <= plainUpTo) continue
		for (const page of held.splice(0)) yield compressed(page, number++)
	}
	if (number === 0) for (const page of held) yield plain(page, number++)
	else
		yield '<noscript><p class="warn">This portfolio is large, so the pages of its jobs are compressed and need JavaScript. The table above is complete without it; the document of each job lies in the folder docs of its unit.</p></noscript>\n'
}

const plain = (page: string, number: number): string =>
	html`<section class="job" id="j${number}" aria-label="Job">${own(page)}</section>
`.markup

const compressed = (page: string, number: number): string =>
	html`<script type="application/gzip" id="z${number}">${own(gzipSync(page, { level: 9 }).toString('base64'))}</script>
`.markup

/** Only our own program and style run, by their hashes; nothing is fetched and nothing is sent. */
function head({ style, script }: Assets): Html {
	const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
	const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`
	return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${own(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Migration report</title>
<style>${own(style)}</style>
<script>${own(script)}</script></head>
`
}
