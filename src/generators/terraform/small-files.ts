export const versionsFile = `
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.60"
    }
  }
}
`

export const outputsFile = `
output "job_names" {
  description = "Names of the Glue jobs, by unit and job."
  value       = { for key, job in aws_glue_job.this : key => job.name }
}

output "role_arns" {
  description = "Role that each job runs with, by unit and job."
  value       = { for key, role in aws_iam_role.job : key => role.arn }
}

output "log_groups" {
  description = "Log groups that the jobs write to, by unit and job."
  value       = { for key, group in aws_cloudwatch_log_group.job : key => group.name }
}
`

export const readmeFile = `
# Glue jobs

This root module creates one AWS Glue job for each entry of the \`../*/jobs.json\` files. A new unit adds a folder beside this one and edits nothing here.

\`\`\`
terraform init
terraform plan -var scripts_bucket=my-glue-scripts -var 'data_prefixes=["arn:aws:s3:::my-lake/"]'
\`\`\`

- Scripts are uploaded under a key made of their content, so a job always names the very script that it runs.
- Each job has a role of its own: its script, the data prefixes, its log group, the connections that it uses, nothing else.
- \`arguments\` gives or overrides job arguments: \`{ "unit/job" = { source_path = "s3://…" } }\`. An argument without a default must be given there or at the start of a run.
- Secrets are never arguments: a job names a Glue connection, and \`secret_arns\` lists the secrets that connections refer to.
`
