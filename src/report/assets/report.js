// Runs in the reader's browser; the document is readable without it. It filters and sorts the rows of the first page,
// unpacks the pages of jobs, and marks what belongs together.

document.documentElement.classList.add('js')
document.addEventListener('DOMContentLoaded', () => {
	startTable()
	startPages()
	startMarks()
})

/** Rows that are in the document at once; more on demand. */
const step = 100
const levelOrder = ['none', 'E0', 'E1', 'E2', 'E3', 'E4', 'E5']
const facets = ['level', 'category', 'kind']
const columnKeys = ['name', 'kind', 'category', 'level', 'elements', 'opaque', 'rows', 'branches', 'confidence']
const textColumns = new Set(['name', 'kind', 'category'])

function startTable() {
	const form = document.querySelector('.filters')
	const body = document.querySelector('.jobs tbody')
	const more = document.getElementById('more')
	const shown = document.getElementById('shown')
	const rows = [...document.querySelectorAll('.jobs tbody tr')].map(readRow)
	document.querySelector('.jobs tbody.rest')?.remove()
	let sorted = { key: '', down: false }
	let limit = step

	function apply() {
		const wanted = readForm(form)
		const found = rows.filter((row) => facets.every((facet) => fits(row, wanted, facet)) && fitsRest(row, wanted))
		if (sorted.key !== '') found.sort(compareBy(sorted.key, sorted.down))
		body.replaceChildren(...found.slice(0, limit).map(({ element }) => element))
		more.hidden = found.length <= limit
		more.textContent = `Show more (${number(found.length - limit)} left)`
		const elements = found.reduce((sum, row) => sum + row.elements, 0)
		const opaque = found.reduce((sum, row) => sum + row.opaque, 0)
		shown.textContent = `${number(found.length)} of ${number(rows.length)} jobs, with ${number(elements)} elements, ${number(opaque)} of them opaque`
		countChoices(form, rows, wanted)
	}

	const again = () => {
		limit = step
		apply()
	}
	form.addEventListener('submit', (event) => event.preventDefault())
	form.addEventListener('input', (event) => {
		if (event.target.name === 'sort') sortBy(event.target.value, !textColumns.has(event.target.value))
		again()
	})
	form.addEventListener('reset', () => {
		sortBy('', false)
		setTimeout(again)
	})
	more.addEventListener('click', () => {
		limit += step
		apply()
	})

	function sortBy(key, down) {
		sorted = { key, down }
		for (const head of document.querySelectorAll('[data-sort]')) {
			if (head.dataset.sort === key) head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
			else head.removeAttribute('aria-sort')
		}
	}
	for (const head of document.querySelectorAll('[data-sort]')) {
		const button = document.createElement('button')
		button.type = 'button'
		button.textContent = head.textContent
		head.replaceChildren(button)
		button.addEventListener('click', () => {
			const { sort } = head.dataset
			sortBy(sort, sorted.key === sort ? !sorted.down : !textColumns.has(sort))
			form.elements.sort.value = sort
			again()
		})
	}
	apply()
}

function readRow(element, index) {
	const cells = [...element.children]
	const texts = cells.map((cell) => cell.textContent)
	const row = { element, index, text: texts[0].toLowerCase(), unit: cells[0].querySelector('small').textContent }
	for (const [position, key] of columnKeys.entries()) row[key] = texts[position]
	for (const key of ['elements', 'opaque', 'rows', 'confidence']) row[key] = Number(row[key].replaceAll(',', ''))
	const [covered, total] = row.branches.split('/').map((part) => Number(part.replaceAll(',', '')))
	row.branches = total > 0 ? covered / total : -1
	row.name = cells[0].querySelector('a').textContent.toLowerCase()
	for (const facet of facets) row[facet] = element.dataset[facet]
	return row
}

function readForm(form) {
	const data = new FormData(form)
	const words = String(data.get('text')).toLowerCase().split(/\s+/)
	const wanted = { words: words.filter((word) => word !== ''), unit: data.get('unit') }
	for (const facet of facets) wanted[facet] = data.getAll(facet)
	return wanted
}

const fits = (row, wanted, facet) => wanted[facet].length === 0 || wanted[facet].includes(row[facet])
const fitsRest = (row, { words, unit }) =>
	(unit === '' || row.unit === unit) && words.every((word) => row.text.includes(word))

/** Each choice tells how many rows it would leave with the other filters as they are: the choices of a group add up. */
function countChoices(form, rows, wanted) {
	for (const facet of facets) {
		const others = facets.filter((other) => other !== facet)
		const counts = new Map()
		for (const row of rows) {
			if (!others.every((other) => fits(row, wanted, other)) || !fitsRest(row, wanted)) continue
			counts.set(row[facet], (counts.get(row[facet]) ?? 0) + 1)
		}
		for (const input of form.querySelectorAll(`input[name="${facet}"]`)) {
			input.parentElement.querySelector('[data-count]').textContent = number(counts.get(input.value) ?? 0)
		}
	}
}

function compareBy(key, down) {
	const value = key === 'level' ? (row) => levelOrder.indexOf(row.level) : (row) => row[key]
	return (left, right) => {
		const [a, b] = [value(left), value(right)]
		const order = a < b ? -1 : a > b ? 1 : 0
		return order === 0 ? left.index - right.index : down ? -order : order
	}
}

const number = (value) => Math.max(0, value).toLocaleString('en-US')

/** The address tells what is shown: nothing, `#j3` a job, `#j3e5` an element of it. */
function startPages() {
	const main = document.getElementById('main')
	const page = document.getElementById('page')
	let current = ''
	let scrolled = 0

	async function show() {
		const match = /^#j(\d+)(?:e(\d+))?$/.exec(location.hash)
		const job = match === null ? '' : match[1]
		if (job !== current) {
			if (current === '') scrolled = scrollY
			current = job
			await open(job)
			if (current !== job) return
		}
		if (match?.[2] !== undefined) select(shownPage(), match[2], undefined)
	}

	async function open(job) {
		for (const section of document.querySelectorAll('.job.on')) section.classList.remove('on')
		page.hidden = true
		page.replaceChildren()
		const plain = job === '' ? null : document.getElementById(`j${job}`)
		const packed = job === '' ? null : document.getElementById(`z${job}`)
		if (packed !== null) {
			page.innerHTML = await unpack(packed.textContent)
			page.hidden = false
		}
		plain?.classList.add('on')
		const inside = plain !== null || packed !== null
		main.classList.toggle('in-job', inside)
		const heading = inside ? shownPage().querySelector('h2') : null
		if (inside) {
			fitPictures(shownPage())
			numberLines(shownPage())
		}
		document.title = heading === null ? 'Migration report' : `${heading.textContent} – Migration report`
		scrollTo(0, inside ? 0 : scrolled)
		heading?.focus({ preventScroll: true })
	}

	addEventListener('hashchange', show)
	show()
}

/** A picture that is somewhat too wide is made smaller, a far too wide one scrolls. */
function fitPictures(root) {
	for (const svg of root.querySelectorAll('.picture svg')) {
		const { width, height } = svg.viewBox.baseVal
		const frame = svg.parentElement
		const whole = Math.min(1, (frame.clientWidth - 20) / width)
		const scale = whole >= 0.66 ? whole : 0.8
		svg.setAttribute('width', width * scale)
		svg.setAttribute('height', height * scale)
	}
}

/** A line of its own for each line of a text, with its number. */
function numberLines(root) {
	for (const block of root.querySelectorAll('pre[data-n]')) {
		const first = Number(block.dataset.n)
		block.removeAttribute('data-n')
		const lines = block.textContent.split('\n').map((text, index) => {
			const line = document.createElement('span')
			line.className = 'l'
			line.dataset.n = first + index
			line.textContent = text
			return line
		})
		block.replaceChildren(...lines)
	}
}

const shownPage = () => document.querySelector('.job.on') ?? document.getElementById('page')

async function unpack(base64) {
	const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
	return await new Response(stream).text()
}

/** What carries the number of an element lights up together: while one points at it, and until the next tap. */
function startMarks() {
	document.addEventListener('pointermove', (event) => {
		// What scrolls away below a pointer at rest is not pointed at.
		if (event.pointerType === 'touch' || (event.movementX === 0 && event.movementY === 0)) return
		const hit = event.target.closest('[data-e]')
		if (hit !== null && !hit.classList.contains('marked')) mark(hit.closest('.job, #page'), hit.dataset.e)
	})
	document.addEventListener('focusin', (event) => {
		const hit = event.target.closest('[data-e]')
		if (hit !== null) mark(hit.closest('.job, #page'), hit.dataset.e)
	})
	document.addEventListener('click', (event) => {
		const hit = event.target.closest('[data-e]')
		if (hit === null || String(getSelection()) !== '') return
		const link = event.target.closest('a')
		if (link !== null) {
			// The same address again is no change of it.
			if (link.hash === location.hash) select(shownPage(), hit.dataset.e, undefined)
			return
		}
		if (hit.closest('.pane') !== null) select(hit.closest('.job, #page'), hit.dataset.e, hit.closest('.pane'))
	})
}

function mark(root, element) {
	for (const marked of root.querySelectorAll('.marked')) marked.classList.remove('marked')
	for (const part of root.querySelectorAll(`[data-e="${element}"]`)) part.classList.add('marked')
}

/** Marks an element and brings its text and its code into view, except in the pane that was tapped. */
function select(root, element, tapped) {
	mark(root, element)
	for (const pane of root.querySelectorAll('.pane')) {
		if (pane === tapped) continue
		const part = pane.querySelector(`[data-e="${element}"]`)
		if (part === null) continue
		if (part.tagName === 'DETAILS') part.open = true
		pane.scrollTo({ top: part.offsetTop - pane.firstElementChild.offsetHeight - 8 })
	}
	if (tapped === undefined) root.querySelector('.both')?.scrollIntoView({ block: 'start' })
}
