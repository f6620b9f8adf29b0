/** Which encoding an XML file is in: byte order mark, then the shape of its first bytes, then its declaration. */

export interface Encoding {
	/** A label that TextDecoder knows. */
	readonly label: string
	/** What the declaration says although the bytes show otherwise. */
	readonly contradicted?: string
}

/** A declared encoding that no decoder is there for. */
export interface UnknownEncoding {
	readonly unknown: string
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** Looks at the first bytes (XML 1.0, appendix F). UTF-8 when nothing says otherwise. */
export function detectEncoding(bytes: Uint8Array): Encoding | UnknownEncoding {
	const [first = 0, second = 0, third = 0] = bytes
	if (first === 0xef && second === 0xbb && third === 0xbf) return declared(bytes.subarray(3), 'utf-8')
	if (first === 0xff && second === 0xfe) return { label: 'utf-16le' }
	if (first === 0xfe && second === 0xff) return { label: 'utf-16be' }
	if (first === 0x3c && second === 0) return { label: 'utf-16le' }
	if (first === 0 && second === 0x3c) return { label: 'utf-16be' }
	return declared(bytes, undefined)
}

function declared(bytes: Uint8Array, known: string | undefined): Encoding | UnknownEncoding {
	const head = latin1(bytes.subarray(0, 200))
	const name = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/.exec(head)?.[1]
	if (name === undefined) return { label: known ?? 'utf-8' }
	const label = decoderLabel(name)
	// Programs that hold the text as UTF-16 declare that and save UTF-8: the one-byte `<?xml` shows it.
	if (known !== undefined || label?.startsWith('utf-16')) {
		return label === (known ?? 'utf-8') ? { label } : { label: known ?? 'utf-8', contradicted: name }
	}
	return label === undefined ? { unknown: name } : { label }
}

function decoderLabel(name: string): string | undefined {
	try {
		return new TextDecoder(name).encoding
	} catch {
		return undefined
	}
}
