export const mainFile = `
locals {
  units = { for file in fileset("\${path.module}/..", "*/jobs.json") : dirname(file) => jsondecode(file("\${path.module}/../\${file}")) }

  jobs = merge([
    for folder, unit in local.units : {
      for job in unit.jobs : "\${unit.unit}/\${job.name}" => merge(job, {
        unit   = unit.unit
        file   = "\${path.module}/../\${folder}/\${job.script}"
        full   = "\${var.name_prefix}-\${unit.unit}-\${job.name}"
        shared = [for connection in job.connections : connection.glue_connection if connection.glue_connection != null]
      })
    }
  ]...)
}

resource "aws_s3_object" "script" {
  for_each = local.jobs

  bucket      = var.scripts_bucket
  key         = "\${var.name_prefix}/scripts/\${each.key}/\${filesha256(each.value.file)}.py"
  source      = each.value.file
  source_hash = filesha256(each.value.file)
  kms_key_id  = var.kms_key_arn
  tags        = var.tags
}

resource "aws_cloudwatch_log_group" "job" {
  for_each = local.jobs

  name              = "/aws-glue/\${each.value.full}/output"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_cloudwatch_log_group" "error" {
  for_each = local.jobs

  name              = "/aws-glue/\${each.value.full}/error"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_glue_security_configuration" "this" {
  name = "\${var.name_prefix}-glue"

  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = var.kms_key_arn == null ? "DISABLED" : "SSE-KMS"
      kms_key_arn                = var.kms_key_arn
    }

    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = var.kms_key_arn == null ? "DISABLED" : "CSE-KMS"
      kms_key_arn                   = var.kms_key_arn
    }

    s3_encryption {
      s3_encryption_mode = var.kms_key_arn == null ? "SSE-S3" : "SSE-KMS"
      kms_key_arn        = var.kms_key_arn
    }
  }
}

resource "aws_glue_job" "this" {
  for_each = local.jobs

  name                   = each.value.full
  description            = each.value.description
  role_arn               = aws_iam_role.job[each.key].arn
  glue_version           = each.value.glue_version
  worker_type            = each.value.worker_type
  number_of_workers      = each.value.workers
  timeout                = each.value.timeout_minutes
  max_retries            = each.value.retries
  connections            = distinct(each.value.shared)
  security_configuration = aws_glue_security_configuration.this.name
  tags                   = merge(var.tags, { unit = each.value.unit })

  command {
    name            = "glueetl"
    python_version  = "3"
    script_location = "s3://\${aws_s3_object.script[each.key].bucket}/\${aws_s3_object.script[each.key].key}"
  }

  default_arguments = merge(
    {
      "--TempDir"                = "s3://\${var.scripts_bucket}/\${var.name_prefix}/temp/\${each.key}/"
      "--custom-logGroup-prefix" = "/aws-glue/\${each.value.full}"
      "--enable-metrics"         = "true"
      "--job-bookmark-option"    = "job-bookmark-disable"
    },
    { for argument in each.value.arguments : "--\${argument.name}" => argument.default if argument.default != null },
    { for name, value in lookup(var.arguments, each.key, {}) : "--\${name}" => value },
  )

  depends_on = [aws_cloudwatch_log_group.job, aws_cloudwatch_log_group.error, aws_iam_role_policy.job]
}

resource "aws_cloudwatch_event_rule" "failed" {
  count = var.alarm_topic_arn == null ? 0 : 1

  name        = "\${var.name_prefix}-glue-failed"
  description = "A Glue job of this module failed, was stopped by its timeout, or was deleted before it ran."
  tags        = var.tags

  event_pattern = jsonencode({
    source        = ["aws.glue"]
    "detail-type" = ["Glue Job State Change"]
    detail = {
      state   = ["FAILED", "TIMEOUT", "ERROR"]
      jobName = [for job in local.jobs : job.full]
    }
  })
}

resource "aws_cloudwatch_event_target" "failed" {
  count = var.alarm_topic_arn == null ? 0 : 1

  rule = aws_cloudwatch_event_rule.failed[0].name
  arn  = var.alarm_topic_arn
}
`
