import type { Helper } from './registry.ts'

/** Work on Hadoop clusters, which are Amazon EMR clusters. */
export const clusterHelpers = {
	running_cluster: {
		imports: ['import re'],
		needs: [],
		text: `
def running_cluster(cluster: str) -> str | None:
    """Id of an EMR cluster that runs: of itself, or of that of the name."""
    import boto3

    if re.fullmatch("j-[0-9A-Z]+", cluster):
        return cluster
    states = ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"]
    pages = boto3.client("emr").get_paginator("list_clusters").paginate(ClusterStates=states)
    return next((one["Id"] for page in pages for one in page["Clusters"] if one["Name"] == cluster), None)
`,
	},
	run_on_cluster: {
		imports: [],
		needs: ['running_cluster'],
		text: `
def run_on_cluster(
    connection: str, language: str, script: str = "", path: str = "", timeout_minutes: int | None = None
) -> None:
    """Runs a Hive or Pig script as a step of an EMR cluster, and waits for its end."""
    import boto3

    cluster = running_cluster(connection)
    if cluster is None:
        raise RuntimeError(f"no EMR cluster of the name {connection} runs")
    of_file = [f"{language}-script", f"--run-{language}-script", "--args", "-f", path]
    arguments = of_file if path else [language, "-e", script]
    step = {
        "Name": f"{language} {path}".strip(),
        "ActionOnFailure": "CONTINUE",
        "HadoopJarStep": {"Jar": "command-runner.jar", "Args": arguments},
    }
    emr = boto3.client("emr")
    [number] = emr.add_job_flow_steps(JobFlowId=cluster, Steps=[step])["StepIds"]
    times = {"Delay": 30, "MaxAttempts": (timeout_minutes or 2880) * 2}
    emr.get_waiter("step_complete").wait(ClusterId=cluster, StepId=number, WaiterConfig=times)
`,
	},
	create_cluster: {
		imports: [],
		needs: ['running_cluster'],
		text: `
def create_cluster(name: str, nodes: int, may_exist: bool = False) -> None:
    """Starts an EMR cluster with Hive and Pig, and waits until it runs."""
    import boto3

    if running_cluster(name) is not None:
        if may_exist:
            return
        raise RuntimeError(f"an EMR cluster of the name {name} runs already")
    emr = boto3.client("emr")
    cluster = emr.run_job_flow(
        Name=name,
        ReleaseLabel="emr-7.2.0",
        Applications=[{"Name": "Hive"}, {"Name": "Pig"}],
        Instances={
            "InstanceCount": nodes + 1,
            "MasterInstanceType": "m5.xlarge",
            "SlaveInstanceType": "m5.xlarge",
            "KeepJobFlowAliveWhenNoSteps": True,
        },
        JobFlowRole="EMR_EC2_DefaultRole",
        ServiceRole="EMR_DefaultRole",
    )["JobFlowId"]
    emr.get_waiter("cluster_running").wait(ClusterId=cluster)
`,
	},
	delete_cluster: {
		imports: [],
		needs: ['running_cluster'],
		text: `
def delete_cluster(name: str, may_be_absent: bool = False) -> None:
    """Ends an EMR cluster, and waits until it is gone."""
    import boto3

    cluster = running_cluster(name)
    if cluster is None:
        if may_be_absent:
            return
        raise RuntimeError(f"no EMR cluster of the name {name} runs")
    emr = boto3.client("emr")
    emr.terminate_job_flows(JobFlowIds=[cluster])
    emr.get_waiter("cluster_terminated").wait(ClusterId=cluster)
`,
	},
} as const satisfies Record<string, Helper>
