/**
 * `logs.tf`. A security configuration changes the name of a job's log groups to `<prefix>-<role>-<configuration>`
 * (AWS Glue API, `JobRun.LogGroupName`); whether it does so without encryption and with a prefix of one's own the
 * documentation leaves open, so both names have retention, key and permission from the start.
 */
export const logsFile = `
locals {
  security_configuration = "\${var.name_prefix}-glue"

  roles = {
    for key, job in local.jobs : key => length(job.full) <= 64 ? job.full : "\${substr(job.full, 0, 55)}-\${substr(sha256(job.full), 0, 8)}"
  }

  # Glue writes to either name, depending on the security configuration.
  log_groups = {
    for key, job in local.jobs : key => [
      for pair in setproduct(["", "-\${local.roles[key]}-\${local.security_configuration}"], ["output", "error"]) :
      "/aws-glue/\${job.full}\${pair[0]}/\${pair[1]}"
    ]
  }
}

resource "aws_cloudwatch_log_group" "job" {
  for_each = toset(flatten(values(local.log_groups)))

  name              = each.key
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}
`
