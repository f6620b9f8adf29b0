export const permissionsFile = `
data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  arn_prefix   = "arn:\${data.aws_partition.current.partition}"
  account      = data.aws_caller_identity.current.account_id
  region       = data.aws_region.current.name
  scripts_arn  = "\${local.arn_prefix}:s3:::\${var.scripts_bucket}"
  data_buckets = distinct([for arn in var.data_prefixes : split("/", arn)[0]])
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["glue.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role" "job" {
  for_each = local.jobs

  name               = length(each.value.full) <= 64 ? each.value.full : "\${substr(each.value.full, 0, 55)}-\${substr(sha256(each.value.full), 0, 8)}"
  description        = "Role of the Glue job \${each.value.full}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy" "job" {
  for_each = local.jobs

  name   = "job"
  role   = aws_iam_role.job[each.key].id
  policy = data.aws_iam_policy_document.job[each.key].json
}

data "aws_iam_policy_document" "job" {
  for_each = local.jobs

  statement {
    sid       = "Script"
    actions   = ["s3:GetObject"]
    resources = ["\${local.scripts_arn}/\${aws_s3_object.script[each.key].key}"]
  }

  statement {
    sid       = "Files"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = concat(["\${local.scripts_arn}/\${var.name_prefix}/temp/\${each.key}/*"], [for arn in var.data_prefixes : "\${arn}*"])
  }

  statement {
    sid       = "Buckets"
    actions   = ["s3:ListBucket", "s3:GetBucketLocation"]
    resources = distinct(concat([local.scripts_arn], local.data_buckets))
  }

  statement {
    sid     = "Logs"
    actions = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:AssociateKmsKey"]
    resources = [
      "\${aws_cloudwatch_log_group.job[each.key].arn}:*",
      "\${aws_cloudwatch_log_group.error[each.key].arn}:*",
    ]
  }

  statement {
    sid       = "Metrics"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "cloudwatch:namespace"
      values   = ["Glue"]
    }
  }

  dynamic "statement" {
    for_each = length(each.value.connections) > 0 ? [1] : []

    content {
      sid     = "Connections"
      actions = ["glue:GetConnection"]
      resources = concat(
        ["\${local.arn_prefix}:glue:\${local.region}:\${local.account}:catalog"],
        [for name in each.value.shared : "\${local.arn_prefix}:glue:\${local.region}:\${local.account}:connection/\${name}"],
      )
    }
  }

  dynamic "statement" {
    for_each = length(each.value.connections) > 0 && length(var.secret_arns) > 0 ? [1] : []

    content {
      sid       = "Secrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = var.secret_arns
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [1]

    content {
      sid       = "Key"
      actions   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
      resources = [var.kms_key_arn]
    }
  }

  dynamic "statement" {
    for_each = var.network_access ? [1] : []

    content {
      sid = "Network"
      actions = [
        "ec2:CreateNetworkInterface",
        "ec2:CreateTags",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeVpcEndpoints",
      ]
      resources = ["*"]
    }
  }
}
`
