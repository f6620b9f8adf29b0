/** `jobs.tf`: what the units' `jobs.json` and the variables say together, before any resource. */
export const jobsTfFile = `
locals {
  units = { for file in fileset("\${path.module}/..", "*/jobs.json") : dirname(file) => jsondecode(file("\${path.module}/../\${file}")) }

  jobs = merge([
    for folder, unit in local.units : {
      for job in unit.jobs : "\${unit.unit}/\${job.name}" => merge(job, {
        unit = unit.unit
        file = "\${path.module}/../\${folder}/\${job.script}"
        full = "\${var.name_prefix}-\${unit.unit}-\${job.name}"
      })
    }
  ]...)

  # Arguments in force. An empty default is not passed on: the script works such a path out from its other arguments.
  values = {
    for key, job in local.jobs : key => merge(
      { for argument in job.arguments : argument.name => argument.default if argument.default != null && argument.default != "" },
      lookup(var.arguments, key, {}),
    )
  }

  missing = {
    for key, job in local.jobs : key => [
      for argument in job.arguments : argument.name
      if argument.default == null && !contains(concat(keys(local.values[key]), lookup(var.arguments_at_start, key, [])), argument.name)
    ]
  }

  # run_id and run_at are arguments of every script.
  unknown = {
    for key, job in local.jobs : key => setsubtract(
      concat(
        keys(lookup(var.arguments, key, {})),
        lookup(var.arguments_at_start, key, []),
        keys(lookup(var.path_prefixes, key, {})),
      ),
      concat([for argument in job.arguments : argument.name], ["run_id", "run_at"]),
    )
  }

  strangers = setsubtract(concat(keys(var.arguments), keys(var.arguments_at_start), keys(var.path_prefixes)), keys(local.jobs))

  # Only names of Glue connections: a JDBC URL needs no permission.
  connections = {
    for key, job in local.jobs : key => distinct([
      for connection in job.connections : local.values[key][connection.argument]
      if !startswith(lookup(local.values[key], connection.argument, "jdbc:"), "jdbc:")
    ])
  }

  # Names of the Glue jobs that a job starts itself: those of its unit, and those that an argument names.
  started = {
    for key, job in local.jobs : key => distinct(compact([
      for child in try(job.starts, []) :
      child.job == null ? lookup(local.values[key], child.placeholder, "") : "\${var.name_prefix}-\${job.unit}-\${child.job}"
    ]))
  }

  # Where the files of a job are: the value of the argument that carries the path, or what var.path_prefixes says of it.
  # A path that the script works out begins with a parameter that its spelling names.
  # Paths that are read may be patterns: from what IAM does not know, [..] and {..}, on they become a star.
  files = {
    for key, job in local.jobs : key => [
      for place in job.places : {
        argument = place.argument
        role     = place.role
        kind     = place.kind
        urls = [
          for url in try(
            coalescelist(
              compact([
                lookup(local.values[key], place.argument, ""),
                lookup(lookup(var.path_prefixes, key, {}), place.argument, ""),
              ]),
              [
                for argument in job.arguments : lookup(local.values[key], argument.name, "")
                if argument.kind == "parameter" ? contains(regexall("[\\\\w$.:]+", place.spelled), argument.parameter) : false
              ],
            ),
            [],
          ) : place.role == "read" ? replace(url, "/[\\\\[{].*/", "*") : url
          if can(regex("^s3[an]?://[^/]", url))
        ]
      } if place.argument != null
    ]
  }

  unplaced = {
    for key, places in local.files : key => distinct([
      for place in places : place.argument if length(place.urls) == 0 && !contains(local.missing[key], place.argument)
    ])
  }

  locations = {
    for key, places in local.files : key => flatten([
      for place in places : [
        for url in place.urls : {
          role   = place.role
          kind   = place.kind
          bucket = split("/", url)[2]
          key    = trim(join("/", slice(split("/", url), 3, length(split("/", url)))), "/")
        }
      ]
    ])
  }
}
`
