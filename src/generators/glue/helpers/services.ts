import type { Helper } from './registry.ts'

export const serviceHelpers = {
	tell_user_status: {
		imports: ['from pyspark.sql import SparkSession'],
		needs: ['file_system'],
		text: `
def tell_user_status(spark: SparkSession, path: str, status: str) -> None:
    """Leaves the user status for the state machine that started the job, where that names a file for it."""
    if path:
        system, place = file_system(spark, path)
        stream = system.create(place, True)
        try:
            stream.write(bytearray(status, "utf-8"))
        finally:
            stream.close()
`,
	},
	job_beside: {
		imports: [],
		needs: [],
		text: `
def job_beside(params: dict[str, str], own: str, other: str) -> str:
    """Name on Glue of another job of the same unit: like that of this one, which ends in its own name."""
    return params.get("JOB_NAME", own).removesuffix(own) + other
`,
	},
	run_job: {
		imports: ['import time', 'from collections.abc import Mapping'],
		needs: [],
		text: `
def run_job(job: str, parameters: Mapping[str, object] | None = None) -> dict[str, str]:
    """Starts another job and waits for its end; a job that does not succeed fails this one."""
    import boto3

    glue = boto3.client("glue")
    given = {f"--{name}": "" if value is None else str(value) for name, value in (parameters or {}).items()}
    run_id = glue.start_job_run(JobName=job, Arguments=given)["JobRunId"]
    while True:
        state = glue.get_job_run(JobName=job, RunId=run_id)["JobRun"]["JobRunState"]
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
    is_html: bool = False,
) -> None:
    """Sends a mail through Amazon SES, in which the sender's address has to be verified."""
    import boto3

    message = EmailMessage()
    message["From"], message["Subject"] = sender, " ".join(subject.split())
    groups = {
        name: [one.strip() for one in re.split("[;,]", text) if one.strip()]
        for name, text in {"To": to, "Cc": cc, "Bcc": bcc}.items()
    }
    for name in ("To", "Cc"):
        if groups[name]:
            message[name] = ", ".join(groups[name])
    if priority != "normal":
        message["X-Priority"] = {"high": "1", "low": "5"}[priority]
    message.set_content(body, subtype="html" if is_html else "plain")
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
