export const readmeFile = `
# Glue jobs

This root module creates one AWS Glue job for each entry of the \`../*/jobs.json\` files. A new unit adds a folder beside this one and edits nothing here.

\`\`\`
terraform init
terraform plan -var scripts_bucket=my-glue-scripts -var-file=jobs.tfvars
\`\`\`

\`\`\`hcl
# jobs.tfvars
arguments = {
  "unit/job" = { orders_path = "s3://my-lake/landing/orders.txt", warehouse_connection = "warehouse" }
}
connection_secrets = { warehouse = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:warehouse-AbCdEf" }
\`\`\`

## Job sequences

A unit with job sequences has one state machine for each, from \`step_functions/*.asl.json\`: a template whose variables are the names of the Glue jobs and the ARNs of the state machines that it starts. Jobs of other units are found by their old names; \`external_jobs\` names those that no unit holds. A machine that works on files may do so below the places in \`state_machine_files\`. Parameters are given at the start: \`{"parameters": {"Day": "1"}}\`.

## Environments

\`env/<unit>-<name>.tfvars\` holds what the exports know of an environment: the value files of parameter sets. \`-var-file=env/<unit>-<name>.tfvars\` uses one; of several the last gives \`arguments\`, so those of several units go into one file of your own.

## Arguments

- \`arguments\` gives or overrides arguments of a job. An argument without a default must be given there; if every run is given it at its start, name it in \`arguments_at_start\`. The plan fails on arguments that are missing and on names that no job has.
- A path that follows from other arguments has an empty default and is not passed on: the script works it out.
- Secrets are never arguments: a job names a Glue connection, and \`connection_secrets\` says which secret that connection refers to.
- \`driver_jars\` brings JDBC drivers that Glue lacks, such as those of DB2 and Teradata.

## Permissions

Each job has a role of its own that may

- read the files that the job reads, and read, write and delete those that it writes: the places are the values of the arguments that carry the paths. Where a path is known at the start of a run only, \`path_prefixes\` says what it begins with; the plan fails if a place is not known;
- list these places and the folders above them, so far as their names begin with the same prefix;
- read its script in every version, so that a run that has begun is not cut off by an apply;
- read the Glue connections that the job uses, through \`jobs.json\` or through \`arguments\`, and their secrets;
- write to its log groups.

## Logs

Glue names the log groups of a job with a security configuration \`<prefix>-<role>-<security configuration>\`. The module makes the groups \`/aws-glue/<job>/{output,error}\` and \`/aws-glue/<job>-<role>-<security configuration>/{output,error}\`, both with retention and key; \`LogGroupName\` of a run says which of them it uses. With \`kms_key_arn\`, the key's policy must let CloudWatch Logs use it.

## Versions

The module works with versions 5 (from 5.60) and 6 of the AWS provider. Worker types \`R.1X\` to \`R.8X\` need version 6: version 5 knows only \`G\`, \`Z\` and \`Standard\`.
`
