export const versionsFile = `
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.60, < 7.0"
    }
  }
}
`

export const outputsFile = `
output "job_names" {
  description = "Names of the Glue jobs, by unit and job."
  value       = { for key, job in aws_glue_job.this : key => job.name }

  precondition {
    condition     = length(local.strangers) == 0
    error_message = "No unit has the jobs \${join(", ", local.strangers)} that variables speak of."
  }
}

output "state_machine_arns" {
  description = "ARNs of the state machines, by unit and sequence."
  value       = { for key, machine in aws_sfn_state_machine.this : key => machine.arn }
}

output "role_arns" {
  description = "Role that each job runs with, by unit and job."
  value       = { for key, role in aws_iam_role.job : key => role.arn }
}

output "log_groups" {
  description = "Log groups that the jobs may write to, by unit and job."
  value       = local.log_groups
}
`
