/**
 * `state-machines.tf`: job sequences. A machine may start the jobs and machines that its sequence starts, and nothing else; the
 * rule of EventBridge is the one that `.sync` of Step Functions makes for itself (AWS: IAM policies for nested workflows).
 */
export const stateMachinesFile = `
locals {
  machines = merge([
    for folder, unit in local.units : {
      for machine in try(unit.state_machines, []) : "\${unit.unit}/\${machine.name}" => merge(machine, {
        unit = unit.unit
        file = "\${path.module}/../\${folder}/\${machine.definition}"
        full = "\${var.name_prefix}-\${unit.unit}-\${machine.name}"
      })
    }
  ]...)

  # Names of state machines have at most 80 characters, those of roles 64.
  machine_names = {
    for key, machine in local.machines : key => length(machine.full) <= 80 ? machine.full : "\${substr(machine.full, 0, 71)}-\${substr(sha256(machine.full), 0, 8)}"
  }

  machine_roles = {
    for key, machine in local.machines : key => length(machine.full) <= 61 ? "\${machine.full}-sm" : "\${substr(machine.full, 0, 52)}-\${substr(sha256(machine.full), 0, 8)}-sm"
  }

  machine_arns = {
    for key, name in local.machine_names : key => "\${local.arn_prefix}:states:\${local.region}:\${local.account}:stateMachine:\${name}"
  }

  # A job that the unit does not hold is looked for in all units, by its name in the old tool.
  jobs_by_title = { for key, job in local.jobs : job.title => key... }

  machine_starts = {
    for key, machine in local.machines : key => {
      for start in machine.starts : start.placeholder => (
        start.kind == "state-machine" ? local.machine_arns["\${machine.unit}/\${start.job}"] :
        start.job != null ? local.jobs["\${machine.unit}/\${start.job}"].full :
        lookup(var.external_jobs, start.title, try(local.jobs[one(local.jobs_by_title[start.title])].full, ""))
      )
    }
  }

  # Jobs leave their user status below this folder, a folder for each machine.
  status_folders = {
    for key, machine in local.machines : key => "\${var.name_prefix}/user-status/\${key}" if try(machine.reads_status, false)
  }

  machine_variables = {
    for key, starts in local.machine_starts : key => merge(
      starts,
      contains(keys(local.status_folders), key) ? { user_status = "s3://\${var.scripts_bucket}/\${local.status_folders[key]}" } : {},
    )
  }

  machine_jobs = {
    for key, machine in local.machines : key => distinct([
      for start in machine.starts : local.machine_starts[key][start.placeholder] if start.kind == "job" && local.machine_starts[key][start.placeholder] != ""
    ])
  }

  machine_children = {
    for key, machine in local.machines : key => distinct([
      for start in machine.starts : "\${machine.unit}/\${start.job}" if start.kind == "state-machine"
    ])
  }

  unknown_starts = {
    for key, machine in local.machines : key => [
      for start in machine.starts : start.title if local.machine_starts[key][start.placeholder] == ""
    ]
  }

  machine_files = {
    for key, machine in local.machines : key => [
      for url in lookup(var.state_machine_files, key, []) : {
        bucket = split("/", url)[2]
        key    = join("/", slice(split("/", url), 3, length(split("/", url))))
      }
    ]
  }
}

data "aws_iam_policy_document" "machine_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "machine" {
  for_each = local.machines

  name               = local.machine_roles[each.key]
  description        = "Role of the state machine \${local.machine_names[each.key]}"
  assume_role_policy = data.aws_iam_policy_document.machine_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "machine" {
  for_each = local.machines

  dynamic "statement" {
    for_each = length(local.machine_jobs[each.key]) > 0 ? [1] : []

    content {
      sid       = "Jobs"
      actions   = ["glue:BatchStopJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:StartJobRun"]
      resources = [for name in local.machine_jobs[each.key] : "\${local.arn_prefix}:glue:\${local.region}:\${local.account}:job/\${name}"]
    }
  }

  dynamic "statement" {
    for_each = length(local.machine_children[each.key]) > 0 ? [1] : []

    content {
      sid       = "Machines"
      actions   = ["states:StartExecution"]
      resources = [for child in local.machine_children[each.key] : local.machine_arns[child]]
    }
  }

  dynamic "statement" {
    for_each = length(local.machine_children[each.key]) > 0 ? [1] : []

    content {
      sid       = "Executions"
      actions   = ["states:DescribeExecution", "states:StopExecution"]
      resources = [for child in local.machine_children[each.key] : "\${replace(local.machine_arns[child], ":stateMachine:", ":execution:")}:*"]
    }
  }

  dynamic "statement" {
    for_each = length(local.machine_children[each.key]) > 0 ? [1] : []

    content {
      sid       = "Events"
      actions   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
      resources = ["\${local.arn_prefix}:events:\${local.region}:\${local.account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"]
    }
  }

  dynamic "statement" {
    for_each = length(local.machine_files[each.key]) > 0 ? [1] : []

    content {
      sid       = "Files"
      actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      resources = [for place in local.machine_files[each.key] : "\${local.arn_prefix}:s3:::\${place.bucket}/\${place.key}*"]
    }
  }

  dynamic "statement" {
    for_each = local.machine_files[each.key]

    content {
      sid       = "Listing\${statement.key}"
      actions   = ["s3:ListBucket"]
      resources = ["\${local.arn_prefix}:s3:::\${statement.value.bucket}"]

      condition {
        test     = "StringLike"
        variable = "s3:prefix"
        values   = ["\${statement.value.key}*"]
      }
    }
  }

  dynamic "statement" {
    for_each = contains(keys(local.status_folders), each.key) ? [1] : []

    content {
      sid       = "UserStatus"
      actions   = ["s3:GetObject"]
      resources = ["\${local.scripts_arn}/\${local.status_folders[each.key]}/*"]
    }
  }

  # S3 tells who may list that an object is not there.
  dynamic "statement" {
    for_each = contains(keys(local.status_folders), each.key) ? [1] : []

    content {
      sid       = "UserStatusListing"
      actions   = ["s3:ListBucket"]
      resources = [local.scripts_arn]

      condition {
        test     = "StringLike"
        variable = "s3:prefix"
        values   = ["\${local.status_folders[each.key]}/*"]
      }
    }
  }

  dynamic "statement" {
    for_each = contains(keys(local.status_folders), each.key) && var.kms_key_arn != null ? [1] : []

    content {
      sid       = "Key"
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
    }
  }

  # These actions know no resources (AWS: logging of Standard workflows).
  statement {
    sid = "Logs"
    actions = [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "machine" {
  for_each = local.machines

  name   = "machine"
  role   = aws_iam_role.machine[each.key].id
  policy = data.aws_iam_policy_document.machine[each.key].json
}

resource "aws_cloudwatch_log_group" "machine" {
  for_each = local.machines

  name              = "/aws/vendedlogs/states/\${local.machine_names[each.key]}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_sfn_state_machine" "this" {
  for_each = local.machines

  name       = local.machine_names[each.key]
  role_arn   = aws_iam_role.machine[each.key].arn
  definition = templatefile(each.value.file, local.machine_variables[each.key])
  tags       = merge(var.tags, { unit = each.value.unit })

  logging_configuration {
    log_destination        = "\${aws_cloudwatch_log_group.machine[each.key].arn}:*"
    level                  = "ERROR"
    include_execution_data = false
  }

  lifecycle {
    precondition {
      condition     = length(local.unknown_starts[each.key]) == 0
      error_message = "\${each.key} starts \${join(", ", local.unknown_starts[each.key])}, which no unit holds: name the Glue jobs that take their place in var.external_jobs."
    }

    precondition {
      condition     = length(each.value.files) == 0 || length(local.machine_files[each.key]) > 0
      error_message = "\${each.key} works on files: say in var.state_machine_files what their s3:// URLs begin with."
    }
  }

  depends_on = [aws_iam_role_policy.machine]
}
`
