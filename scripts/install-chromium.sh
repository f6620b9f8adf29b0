#!/usr/bin/env bash
# Gets a Chromium for the tests that look at pages, where this can be done without asking: on Debian, as root. Elsewhere
# it says what is missing; those tests are then skipped with a message. CHROMIUM names a browser in another place.
set -euo pipefail

for browser in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/chromium-headless-shell /usr/bin/google-chrome; do
	if [ -n "$browser" ] && [ -x "$browser" ]; then
		echo "Chromium: $browser"
		exit 0
	fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
	export DEBIAN_FRONTEND=noninteractive
	if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core > /dev/null; then
		echo "Chromium: installed"
		exit 0
	fi
fi
echo "Chromium: none, and it could not be installed; tests that need a browser are skipped"
