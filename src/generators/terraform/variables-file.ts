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

variable "arguments" {
  description = "Arguments of jobs by unit/job and name, over the defaults of jobs.json."
  type        = map(map(string))
  default     = {}

  validation {
    condition     = alltrue(flatten([for given in values(var.arguments) : [for value in values(given) : value != null && value != ""]]))
    error_message = "No argument may be empty: leave it out to take its default."
  }
}

variable "arguments_at_start" {
  description = "Names of required arguments that each run is given at its start, by unit/job."
  type        = map(list(string))
  default     = {}
}

variable "path_prefixes" {
  description = "What paths begin with that are known at the start of a run only, by unit/job and argument: s3:// URLs that the job may read or write below."
  type        = map(map(string))
  default     = {}

  validation {
    condition     = alltrue(flatten([for given in values(var.path_prefixes) : [for url in values(given) : can(regex("^s3://[^/]", url))]]))
    error_message = "Each prefix must be a URL such as s3://lake/landing/."
  }
}

variable "connection_secrets" {
  description = "ARN of the secret that a Glue connection refers to, by name of the connection."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.connection_secrets) : can(regex("^arn:aws[a-z-]*:secretsmanager:", arn))])
    error_message = "Each secret must be given by its ARN."
  }
}

variable "driver_jars" {
  description = "JDBC drivers that Glue does not bring along: s3:// URLs of jar files, for jobs with connections."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for url in var.driver_jars : can(regex("^s3://[^/]+/.+[.]jar$", url))])
    error_message = "Each driver must be a URL such as s3://my-glue-scripts/jars/db2.jar."
  }
}

variable "external_jobs" {
  description = "Glue jobs that take the place of jobs which a sequence starts and no unit holds, by the name of the old job."
  type        = map(string)
  default     = {}
}

variable "state_machine_files" {
  description = "What the files begin with that state machines copy, move, delete or wait for: s3:// URLs, by unit/sequence."
  type        = map(list(string))
  default     = {}

  validation {
    condition     = alltrue(flatten([for urls in values(var.state_machine_files) : [for url in urls : can(regex("^s3://[^/]+/", url))]]))
    error_message = "Each place must be a URL such as s3://lake/landing/."
  }
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
  description = "The Glue connections are in a VPC, so the roles of jobs that use one may create network interfaces."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of everything that is created."
  type        = map(string)
  default     = {}
}
`
