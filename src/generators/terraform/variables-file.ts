export const variablesFile = `
variable "name_prefix" {
  description = "First part of the name of everything that is created."
  type        = string
  default     = "etl"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}$", var.name_prefix))
    error_message = "name_prefix must be lower-case letters, digits and hyphens, at most 31 characters."
  }
}

variable "scripts_bucket" {
  description = "Bucket that holds the scripts and the jobs' temporary files."
  type        = string

  validation {
    condition     = length(var.scripts_bucket) >= 3 && length(var.scripts_bucket) <= 63
    error_message = "scripts_bucket must be the name of an S3 bucket."
  }
}

variable "data_prefixes" {
  description = "ARNs of the buckets and prefixes that the jobs may read and write, each ending in a slash."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.data_prefixes : can(regex("^arn:aws[a-z-]*:s3:::[^/]+/(.*/)?$", arn))])
    error_message = "Each data prefix must be an S3 ARN that ends in a slash, such as arn:aws:s3:::lake/landing/."
  }
}

variable "arguments" {
  description = "Arguments of jobs by unit and job, over the defaults of jobs.json."
  type        = map(map(string))
  default     = {}
}

variable "secret_arns" {
  description = "Secrets that the jobs' connections refer to."
  type        = list(string)
  default     = []
}

variable "kms_key_arn" {
  description = "Key that encrypts scripts, logs and job bookmarks. Without it S3 uses its own keys and logs are not encrypted by a key of yours."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days after which logs are deleted."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a number of days that CloudWatch Logs knows."
  }
}

variable "alarm_topic_arn" {
  description = "SNS topic that is told of failed runs. Without it nobody is."
  type        = string
  default     = null
}

variable "network_access" {
  description = "The jobs' connections are in a VPC, so the roles may create network interfaces."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of everything that is created."
  type        = map(string)
  default     = {}
}
`
