import type { ControlFlow } from '#model/control-flow.ts'
import type { Elements } from '../elements.ts'
import type { Html } from '../html.ts'
import { html, nothing } from '../html.ts'
import type { JobInput } from '../input.ts'
import { controlDrawing } from '../picture/control-picture.ts'
import type { Drawing } from '../picture/drawing.ts'
import { drawPicture } from '../picture/drawing.ts'
import { flowDrawing } from '../picture/flow-picture.ts'

/** The control flow, unless it is one data flow alone, and the lineage of each data flow. */
export function picturesSection({ model }: JobInput, elements: Elements): Html {
	if (model === undefined) return nothing
	const flows = model.flows.filter(({ operators }) => operators.length > 0)
	const pictures = [
		...(isTelling(model.control) ? [figure('Control flow', controlDrawing(model.control, elements))] : []),
		...flows.map((flow) =>
			figure(flows.length === 1 ? 'Data flow' : `Data flow ${flow.name}`, flowDrawing(flow, elements)),
		),
	]
	if (pictures.length === 0) return nothing
	return html`<section aria-label="Pictures"><h3>Lineage</h3>${pictures}${legend}</section>`
}

function isTelling({ tasks, handlers }: ControlFlow): boolean {
	const [first] = tasks
	return tasks.length > 1 || (handlers ?? []).length > 0 || (first !== undefined && first.kind !== 'data-flow')
}

const figure = (title: string, drawing: Drawing): Html =>
	html`<figure><figcaption>${title}</figcaption>${drawPicture(drawing, title)}</figure>`

const legend = html`<p class="legend"><span class="key exact">exact</span> <span class="key declared">declared difference</span> <span class="key opaque">opaque (dashed)</span> <span class="key dropped">dropped by design</span> <span class="key line-bad">rejects, failures</span> <span class="key line-side">reference of a lookup</span></p>`
