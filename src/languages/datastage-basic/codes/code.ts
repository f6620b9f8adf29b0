/** What a conversion code of ICONV and OCONV does, for the reference and for Spark. */
import type { RunFacts } from '../../catalogue.ts'
import type { Py } from '../../python.ts'

export interface Direction {
	/** The empty text of ICONV, or the unchanged text of OCONV, stands for what does not convert (IBM: ICONV and OCONV functions). */
	readonly evaluate: (text: string, run: RunFacts) => string
	/** Null stays null. */
	readonly pyspark: (text: Py, runAt: Py) => Py
}

/** A code may go one way only. */
export interface ConversionCode {
	readonly input?: Direction
	readonly output?: Direction
}
