import { defineConfig } from 'vitest/config'

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		reporters: ['default', './scripts/vitest-reporter.ts'],
		testTimeout: 20_000,
		hookTimeout: 120_000,
		maxWorkers: 2,
	},
})
