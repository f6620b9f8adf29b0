/** Exports that are broken, locked or hostile, made from the examples. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { examples } from './reglue.ts'

const dsx = readFileSync(path.join(examples, 'datastage-retail', 'daily_sales.dsx'), 'utf8')
const dtsx = readFileSync(path.join(examples, 'ssis-orders', 'LoadOrders.dtsx'), 'utf8')

/** Leaves the folder, ends the string that it is put in, and brings its own statement. */
export const hostileName = '../../x"; import os #'

const xmlText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

export const goodDsx = dsx

export const badExports = {
	empty: '',
	truncatedDsx: dsx.slice(0, Math.floor(dsx.length / 2)),
	malformedXml: dtsx.replace('</DTS:Variables>', '</DTS:Variable>'),
	encrypted: `<?xml version="1.0"?>
<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Locked">
  <DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property>
  <EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element" xmlns="http://www.w3.org/2001/04/xmlenc#">
    <CipherData><CipherValue>q83vEjRWeJA=</CipherValue></CipherData>
  </EncryptedData>
</DTS:Executable>
`,
	/** Latin-1 bytes in a file that says it is UTF-8. */
	wrongEncodingDtsx: Buffer.from(
		dtsx.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8"?>').replace('web shop', 'caf\u00e9'),
		'latin1',
	),
	/** The header says UTF-8, the bytes are Latin-1. */
	wrongEncodingDsx: Buffer.from(
		dsx.replace('CharacterSet "CP1252"', 'CharacterSet "UTF-8"').replace('Prices the', 'Pr\u00e9cises the'),
		'latin1',
	),
	hostileDsx: dsx.replaceAll('"DailySales"', `"${hostileName.replaceAll('"', '\\"')}"`),
	hostileDtsx: dtsx.replace('DTS:ObjectName="LoadOrders"', `DTS:ObjectName="${xmlText(hostileName)}"`),
} as const
