import type { Node } from '../text/tree.ts'
import { indent } from '../text/tree.ts'
import type { JobPlan } from './plan/job-plan.ts'

/** The entry point on AWS Glue. `getResolvedOptions` demands every name that it is given, so it is asked for those present. */
export function mainFunction(_plan: JobPlan): Node {
	return [
		'def main(argv: list[str]) -> None:',
		indent([
			'"""Entry point on AWS Glue, the only place that has awsglue."""',
			'from awsglue.context import GlueContext',
			'from awsglue.job import Job',
			'from awsglue.utils import getResolvedOptions',
			'from pyspark.context import SparkContext',
			'',
			'now = datetime.now(UTC)',
			'present = {argument.split("=")[0] for argument in argv}',
			'optional = [name for name in ("run_id", "run_at", *DEFAULTS) if f"--{name}" in present]',
			'options = getResolvedOptions(argv, ["JOB_NAME", *REQUIRED, *optional])',
			'glue = GlueContext(SparkContext.getOrCreate())',
			'job = Job(glue)',
			'job.init(options["JOB_NAME"], options)',
			'clock = {"run_id": now.strftime("%Y%m%dT%H%M%S%f"), "run_at": now.strftime("%Y-%m-%d %H:%M:%S.%f")}',
			'run(glue.spark_session, clock | options)',
			'job.commit()',
		]),
		'',
		'',
		'if __name__ == "__main__":',
		indent('main(sys.argv)'),
	]
}
