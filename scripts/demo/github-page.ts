/** The conversation of a pull request as one page, much as GitHub shows it. */
import { marked } from 'marked'
import type { Check, Pull, Said } from './conversation.ts'

export interface PageContent {
	readonly repository: string
	readonly pull: Pull
	readonly check: Check
	readonly comments: readonly Said[]
}

const faces: Readonly<Record<string, string>> = { eyes: '👀', rocket: '🚀', confused: '😕' }

export function renderPage({ repository, pull, check, comments }: PageContent): string {
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(pull.title)}</title>
<style>${style}</style>
<main>
<p class="where">${escaped(repository)}</p>
<h1>${escaped(pull.title)} <span>#${pull.number}</span></h1>
<p><b class="state">Open</b> reglue[bot] wants to merge <code>${escaped(pull.branch)}</code> into <code>${escaped(pull.base)}</code></p>
${box('reglue[bot]', pull.body)}
<section class="check ${escaped(check.conclusion)}">
<header><b>reglue</b> ${escaped(check.conclusion)}: ${escaped(check.title)}</header>
<div class="text">${text(check.summary)}</div>
</section>
${comments.map(({ author, body, reactions }) => box(author, body, reactions)).join('\n')}
</main>
</html>
`
}

function box(author: string, body: string, reactions: readonly string[] = []): string {
	const shown = reactions.map((reaction) => `<span class="reaction">${faces[reaction] ?? escaped(reaction)}</span>`)
	return `<section><header><b>${escaped(author)}</b></header><div class="text">${text(body)}</div>${shown.join('')}</section>`
}

/** Markdown as GitHub reads it; the policy above keeps the page from running or loading anything. */
function text(markdown: string): string {
	return marked.parse(markdown, { async: false, gfm: true })
}

function escaped(plain: string): string {
	return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#d0d7de, #3d444d); --soft: light-dark(#f6f8fa, #151b23); --quiet: light-dark(#59636e, #9198a1) }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; background: light-dark(#fff, #0d1117); color: light-dark(#1f2328, #f0f6fc) }
main { max-width: 940px; margin: 0 auto; padding: 24px 16px 64px }
h1 { font-weight: 400; font-size: 28px; margin: 0 0 8px } h1 span, .where { color: var(--quiet) }
.state { background: #1f883d; color: #fff; border-radius: 2em; padding: 4px 12px; font-weight: 500 }
section { border: 1px solid var(--line); border-radius: 6px; margin: 16px 0; overflow: hidden }
header { background: var(--soft); border-bottom: 1px solid var(--line); padding: 8px 16px }
.text { padding: 12px 16px; overflow-x: auto }
.check header { border-left: 6px solid #9a6700 } .check.success header { border-left-color: #1f883d } .check.failure header { border-left-color: #cf222e }
table { border-collapse: collapse; display: block; overflow-x: auto } th, td { border: 1px solid var(--line); padding: 4px 12px }
code { font: 12px ui-monospace, monospace; background: var(--soft); padding: 2px 5px; border-radius: 4px }
pre { background: var(--soft); padding: 12px; border-radius: 6px; overflow-x: auto } pre code { padding: 0 }
.reaction { display: inline-block; border: 1px solid var(--line); border-radius: 1em; padding: 0 8px; margin: 0 4px 12px 16px }
summary { cursor: pointer }
`
