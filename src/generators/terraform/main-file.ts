export const mainFile = `
resource "aws_s3_object" "script" {
  for_each = local.jobs

  bucket      = var.scripts_bucket
  key         = "\${var.name_prefix}/scripts/\${each.key}/\${filesha256(each.value.file)}.py"
  source      = each.value.file
  source_hash = filesha256(each.value.file)
  kms_key_id  = var.kms_key_arn
  tags        = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_glue_security_configuration" "this" {
  name = local.security_configuration

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
  connections            = local.connections[each.key]
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
    length(var.driver_jars) == 0 || length(each.value.connections) == 0 ? {} : { "--extra-jars" = join(",", var.driver_jars) },
    length(try(each.value.python_modules, [])) == 0 ? {} : { "--additional-python-modules" = join(",", each.value.python_modules) },
    { for name, value in local.values[each.key] : "--\${name}" => value },
  )

  lifecycle {
    precondition {
      condition     = length(local.missing[each.key]) == 0
      error_message = "\${each.key} lacks the arguments \${join(", ", local.missing[each.key])}: give them in var.arguments, or name them in var.arguments_at_start."
    }

    precondition {
      condition     = length(local.unknown[each.key]) == 0
      error_message = "\${each.key} has no arguments \${join(", ", local.unknown[each.key])}: see the job's arguments in jobs.json."
    }

    precondition {
      condition     = length(local.unplaced[each.key]) == 0
      error_message = "\${each.key} has files whose place in S3 is not known: give \${join(", ", local.unplaced[each.key])} as s3:// URLs in var.arguments, or what they begin with in var.path_prefixes."
    }
  }

  depends_on = [aws_cloudwatch_log_group.job, aws_iam_role_policy.job]
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
      jobName = [{ prefix = "\${var.name_prefix}-" }]
    }
  })
}

resource "aws_cloudwatch_event_target" "failed" {
  count = var.alarm_topic_arn == null ? 0 : 1

  rule = aws_cloudwatch_event_rule.failed[0].name
  arn  = var.alarm_topic_arn
}
`
