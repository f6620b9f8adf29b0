export const permissionsFile = `
data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  arn_prefix = "arn:\${data.aws_partition.current.partition}"
  account    = data.aws_caller_identity.current.account_id
  region     = data.aws_region.current.id

  secrets = {
    for key, names in local.connections : key => distinct([for name in names : var.connection_secrets[name] if contains(keys(var.connection_secrets), name)])
  }
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

  name               = local.roles[each.key]
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
    sid       = "Read"
    actions   = ["s3:GetObject"]
    resources = local.read_objects[each.key]
  }

  statement {
    sid       = "Write"
    actions   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = local.write_objects[each.key]
  }

  statement {
    sid       = "Buckets"
    actions   = ["s3:GetBucketLocation"]
    resources = [for bucket in keys(local.listings[each.key]) : "\${local.arn_prefix}:s3:::\${bucket}"]
  }

  dynamic "statement" {
    for_each = local.listings[each.key]

    content {
      actions   = ["s3:ListBucket"]
      resources = ["\${local.arn_prefix}:s3:::\${statement.key}"]

      condition {
        test     = "StringLike"
        variable = "s3:prefix"
        values   = distinct(flatten(statement.value))
      }
    }
  }

  statement {
    sid     = "Logs"
    actions = ["logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [
      for name in local.log_groups[each.key] : "\${local.arn_prefix}:logs:\${local.region}:\${local.account}:log-group:\${name}*"
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
    for_each = length(local.connections[each.key]) > 0 ? [1] : []

    content {
      sid     = "Connections"
      actions = ["glue:GetConnection"]
      resources = [
        for name in concat(["catalog"], [for name in local.connections[each.key] : "connection/\${name}"]) :
        "\${local.arn_prefix}:glue:\${local.region}:\${local.account}:\${name}"
      ]
    }
  }

  dynamic "statement" {
    for_each = length(local.secrets[each.key]) > 0 ? [1] : []

    content {
      sid       = "Secrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = local.secrets[each.key]
    }
  }

  dynamic "statement" {
    for_each = length(local.started[each.key]) > 0 ? [1] : []

    content {
      sid     = "Jobs"
      actions = ["glue:GetJobRun", "glue:StartJobRun"]
      resources = [
        for name in local.started[each.key] : "\${local.arn_prefix}:glue:\${local.region}:\${local.account}:job/\${name}"
      ]
    }
  }

  dynamic "statement" {
    for_each = try(each.value.sends_mail, false) ? [1] : []

    content {
      sid       = "Mail"
      actions   = ["ses:SendEmail", "ses:SendRawEmail"]
      resources = ["\${local.arn_prefix}:ses:\${local.region}:\${local.account}:identity/*"]
    }
  }

  dynamic "statement" {
    for_each = try(each.value.uses_clusters, false) ? [1] : []

    content {
      sid = "Clusters"
      actions = [
        "elasticmapreduce:AddJobFlowSteps",
        "elasticmapreduce:DescribeCluster",
        "elasticmapreduce:DescribeStep",
        "elasticmapreduce:ListClusters",
        "elasticmapreduce:RunJobFlow",
        "elasticmapreduce:TerminateJobFlows",
      ]
      resources = ["*"]
    }
  }

  # The default roles that EMR gives to new clusters.
  dynamic "statement" {
    for_each = try(each.value.uses_clusters, false) ? [1] : []

    content {
      sid       = "ClusterRoles"
      actions   = ["iam:PassRole"]
      resources = ["\${local.arn_prefix}:iam::\${local.account}:role/EMR_*"]
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

  # Describing and creating network interfaces cannot be limited to resources.
  dynamic "statement" {
    for_each = var.network_access && length(local.connections[each.key]) > 0 ? [1] : []

    content {
      sid = "Network"
      actions = [
        "ec2:CreateNetworkInterface",
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

  dynamic "statement" {
    for_each = var.network_access && length(local.connections[each.key]) > 0 ? [1] : []

    content {
      sid       = "NetworkTags"
      actions   = ["ec2:CreateTags", "ec2:DeleteTags"]
      resources = ["\${local.arn_prefix}:ec2:\${local.region}:\${local.account}:network-interface/*"]

      condition {
        test     = "ForAllValues:StringEquals"
        variable = "aws:TagKeys"
        values   = ["aws-glue-service-resource"]
      }
    }
  }
}
`
