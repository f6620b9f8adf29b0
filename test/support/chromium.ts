/** A real browser of the machine, for pages that people look at. */
import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'

const places = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/chromium-headless-shell',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Path of the browser; undefined where there is none: `scripts/install-chromium.sh` gets it on Debian. */
export const chromiumPath = [process.env['CHROMIUM'] ?? '', ...places].find(
	(place) => place !== '' && existsSync(place),
)

export function startChromium(): Promise<Browser> {
	// A container often runs as root, where the sandbox of the browser cannot be made; the page is our own.
	return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
}
