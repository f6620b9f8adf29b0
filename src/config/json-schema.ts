import { z } from 'zod'
import { configSchema } from './schema.ts'

/** JSON Schema (2020-12) of `.github/reglue.yml`, for editors; published as docs/reglue.schema.json. */
export function configJsonSchema(): Record<string, unknown> {
	return { ...z.toJSONSchema(configSchema, { io: 'input' }), title: 'Reglue configuration' }
}
