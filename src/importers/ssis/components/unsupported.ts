/** Components without a counterpart, each with what a person can do about it. */
const sharePoint = 'it changes a list of SharePoint, which nothing in AWS Glue writes to'

const reasons: Readonly<Record<string, string>> = {
	DataCorrectionComponent: 'it asks a Data Quality Services server: AWS Glue Data Quality can take its place',
	'Microsoft.PXPipelineDMQuery': 'it asks a data mining model of Analysis Services',
	PXPipelineProcessDimension: 'it fills a dimension of Analysis Services',
	PXPipelineProcessPartition: 'it fills a partition of Analysis Services',
	SharePointListDestination: sharePoint,
}

/** Class names that Microsoft gives to components of its own, in the forms that packages have them. */
const ofMicrosoft = /^(?:Microsoft\.|DTS(?:Adapter|Transform)\.|\{)/

/** Why a component is opaque; components of third parties are known by their class, without its namespace. */
export function unsupportedReason(type: string): string {
	const name = Object.hasOwn(reasons, type) ? type : (type.split('.').at(-1) ?? '')
	const known = Object.hasOwn(reasons, name) ? reasons[name] : undefined
	if (known !== undefined) return known
	return ofMicrosoft.test(type)
		? 'this component is not supported'
		: `${type} is a component that somebody else made, whose code is not in the package: its rules have to be written by hand`
}
