/** What printed code of a script needs: helpers by name, and modules. */
import type { HelperName } from '../helpers/registry.ts'
import { scriptArchiveHelpers } from '../helpers/script-archives.ts'
import { scriptCompressionHelpers } from '../helpers/script-compression.ts'
import { scriptExceptionHelpers } from '../helpers/script-exceptions.ts'
import { scriptFileHelpers } from '../helpers/script-files.ts'
import { scriptMomentHelpers } from '../helpers/script-moments.ts'
import { scriptNumberHelpers } from '../helpers/script-numbers.ts'
import { scriptRandomHelpers } from '../helpers/script-random.ts'
import { scriptRowHelpers } from '../helpers/script-rows.ts'
import { scriptServiceHelpers } from '../helpers/script-services.ts'
import { scriptSpanHelpers } from '../helpers/script-spans.ts'
import { scriptTableHelpers } from '../helpers/script-tables.ts'
import { scriptTextHelpers } from '../helpers/script-texts.ts'
import { scriptValueHelpers } from '../helpers/script-values.ts'
import { scriptVisualBasicHelpers } from '../helpers/script-visual-basic.ts'
import { scriptWebHelpers } from '../helpers/script-web.ts'
import { scriptWebTextHelpers } from '../helpers/script-web-texts.ts'

const helpers: ReadonlySet<string> = new Set([
	...Object.keys(scriptValueHelpers),
	...Object.keys(scriptTextHelpers),
	...Object.keys(scriptMomentHelpers),
	...Object.keys(scriptNumberHelpers),
	...Object.keys(scriptRandomHelpers),
	...Object.keys(scriptRowHelpers),
	...Object.keys(scriptExceptionHelpers),
	...Object.keys(scriptSpanHelpers),
	...Object.keys(scriptWebTextHelpers),
	...Object.keys(scriptFileHelpers),
	...Object.keys(scriptArchiveHelpers),
	...Object.keys(scriptCompressionHelpers),
	...Object.keys(scriptServiceHelpers),
	...Object.keys(scriptTableHelpers),
	...Object.keys(scriptWebHelpers),
	...Object.keys(scriptVisualBasicHelpers),
	'copy_file',
	'move_file',
	'create_folder',
	'delete_folder',
	'send_mail',
	'relocated',
	'rows_of',
	'read_document',
	'xml_select',
	'XmlDocument',
])

const modules: Readonly<Record<string, string>> = {
	math: 'import math',
	re: 'import re',
	Py4JJavaError: 'from py4j.protocol import Py4JJavaError',
	ClientError: 'from botocore.exceptions import ClientError',
	hashlib: 'import hashlib',
	base64: 'import base64',
	unicodedata: 'import unicodedata',
	calendar: 'import calendar',
	struct: 'import struct',
	Decimal: 'from decimal import Decimal',
	datetime: 'from datetime import datetime',
	timedelta: 'from datetime import timedelta',
	Iterator: 'from collections.abc import Iterator',
	Any: 'from typing import Any',
	SparkSession: 'from pyspark.sql import SparkSession',
}

/** Texts first, so that words inside them are passed over. */
const word = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\.\s*\w+|\w+/g

export function useNames(code: string, use: (helper: HelperName) => unknown, needs: (line: string) => void): void {
	for (const [name] of code.matchAll(word)) {
		if (helpers.has(name)) use(name as HelperName)
		const line = Object.hasOwn(modules, name) ? modules[name] : undefined
		if (line !== undefined) needs(line)
	}
}
