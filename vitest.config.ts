import { defineConfig } from 'vitest/config'

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		globalSetup: './test/support/shared-spark/setup.ts',
		reporters: ['default', './scripts/vitest-reporter.ts'],
		// The first test that needs Spark installs it; a slow or busy machine must not make a test fail.
		testTimeout: 300_000,
		hookTimeout: 600_000,
		maxWorkers: 2,
	},
})
