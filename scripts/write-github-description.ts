/**
 * Writes the reduced copy of GitHub's OpenAPI description that the twin validates requests with.
 * The package is 385 MB unpacked, so it is no dependency: one file of one pinned version is taken from the registry.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { operations } from './github/operations.ts'
import { reduceDescription } from './github/reduce.ts'

const version = '23.0.2'
const sha256 = '829b4bebb19a53133289f7b0bc819f4f1118115821db2ca9f25e9ee995a7da2a'
const member = 'package/generated/api.github.com.json'
const target = 'test/fixtures/github/description.json'
const folder = '.cache/github-description'

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const archive = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, `@octokit/openapi@${version}`], {
	encoding: 'utf8',
}).trim()
execFileSync('tar', ['-xzf', path.join(folder, archive), '-C', folder, member])
const bytes = readFileSync(path.join(folder, member))
const found = createHash('sha256').update(bytes).digest('hex')
if (found !== sha256)
	throw new Error(`${member} of @octokit/openapi ${version} has the SHA-256 ${found}, not ${sha256}`)

const description: unknown = JSON.parse(bytes.toString('utf8'))
mkdirSync(path.dirname(target), { recursive: true })
const reduced = { source: `@octokit/openapi ${version}, MIT`, operations: reduceDescription(description, operations) }
writeFileSync(target, `${JSON.stringify(reduced, undefined, '\t')}\n`)
rmSync(folder, { recursive: true, force: true })
console.log(`${operations.length} operations written to ${target}`)
