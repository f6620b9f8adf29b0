import type { Helper } from './registry.ts'

export const serviceHelpers = {
	run_job: {
		imports: ['import json', 'import time'],
		needs: [],
		text: `
def run_job(params: dict[str, str], job: str, parameters: dict[str, object]) -> dict[str, str]:
    """Starts another job and waits for its end; a job that does not succeed fails this one.

    The argument job_names of this job tells by which name it runs on Glue, as JSON; otherwise its name is the one given.
    """
    import boto3

    glue = boto3.client("glue")
    name = json.loads(params.get("job_names") or "{}").get(job, job)
    given = {f"--{key}": str(value) for key, value in parameters.items()}
    run_id = glue.start_job_run(JobName=name, Arguments=given)["JobRunId"]
    while True:
        state = glue.get_job_run(JobName=name, RunId=run_id)["JobRun"]["JobRunState"]
        if state == "SUCCEEDED":
            return {"status": state}
        if state in ("FAILED", "ERROR", "TIMEOUT", "STOPPED", "EXPIRED"):
            raise RuntimeError(f"job {job} ended as {state}")
        time.sleep(15)
`,
	},
	send_mail: {
		imports: ['import re', 'from email.message import EmailMessage', 'from pyspark.sql import SparkSession'],
		needs: ['read_bytes'],
		text: `
def send_mail(
    spark: SparkSession,
    sender: str,
    to: str = "",
    cc: str = "",
    bcc: str = "",
    subject: str = "",
    body: str = "",
    attachments: str = "",
    priority: str = "normal",
) -> None:
    """Sends a mail through Amazon SES, in which the sender's address has to be verified."""
    import boto3

    message = EmailMessage()
    message["From"], message["Subject"] = sender, " ".join(subject.split())
    groups = {name: [one.strip() for one in re.split("[;,]", text) if one.strip()] for name, text in
              {"To": to, "Cc": cc, "Bcc": bcc}.items()}
    for name in ("To", "Cc"):
        if groups[name]:
            message[name] = ", ".join(groups[name])
    if priority != "normal":
        message["X-Priority"] = {"high": "1", "low": "5"}[priority]
    message.set_content(body)
    for path in filter(None, attachments.split("|")):
        name = re.split(r"[\\\\/]", path)[-1]
        message.add_attachment(read_bytes(spark, path), maintype="application", subtype="octet-stream", filename=name)
    boto3.client("sesv2").send_email(
        FromEmailAddress=sender,
        Destination={f"{name}Addresses": addresses for name, addresses in groups.items() if addresses},
        Content={"Raw": {"Data": message.as_bytes()}},
    )
`,
	},
} as const satisfies Record<string, Helper>
