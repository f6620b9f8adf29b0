/** `storage.tf`: the objects and listings of S3 that each job needs, for its policy. */
export const storageFile = `
locals {
  scripts_arn = "\${local.arn_prefix}:s3:::\${var.scripts_bucket}"

  # A path is one object or a folder of objects.
  read_objects = {
    for key, locations in local.locations : key => distinct(concat(
      ["\${local.scripts_arn}/\${var.name_prefix}/scripts/\${key}/*"],
      flatten([
        for place in locations : [
          for ending in place.key == "" ? ["*"] : ["", "/*"] : "\${local.arn_prefix}:s3:::\${place.bucket}/\${place.key}\${ending}"
        ] if place.role == "read"
      ]),
      length(local.jobs[key].connections) == 0 ? [] : local.driver_objects,
    ))
  }

  # Spark writes below _temporary and renames, which reads; it marks folders by objects named folder/ or folder_$folder$.
  # A data set whose rows change is written beside itself first.
  write_objects = {
    for key, locations in local.locations : key => distinct(concat(
      ["\${local.scripts_arn}/\${var.name_prefix}/temp/\${key}/*"],
      try(local.jobs[key].tells_status, false) ? ["\${local.scripts_arn}/\${var.name_prefix}/user-status/*"] : [],
      flatten([
        for place in locations : [
          for ending in place.key == "" ? ["*"] : concat(["", "/*", "_$folder$"], place.kind == "data-set" ? [".next", ".next/*", ".next_$folder$"] : []) :
          "\${local.arn_prefix}:s3:::\${place.bucket}/\${place.key}\${ending}"
        ] if place.role == "write"
      ]),
      flatten([
        for place in locations : "\${local.arn_prefix}:s3:::\${place.bucket}/\${dirname(place.key)}/"
        if place.role == "write" && length(split("/", place.key)) > 1
      ]),
    ))
  }

  driver_objects = [for url in var.driver_jars : "\${local.arn_prefix}:s3:::\${trimprefix(url, "s3://")}"]

  # Prefixes that a job lists, by bucket. Spark looks whether the folders above a place exist.
  listings = {
    for key, locations in local.locations : key => {
      for place in concat(
        [{ bucket = var.scripts_bucket, key = "\${var.name_prefix}/temp/\${key}" }],
        try(local.jobs[key].tells_status, false) ? [{ bucket = var.scripts_bucket, key = "\${var.name_prefix}/user-status" }] : [],
        [for place in locations : { bucket = place.bucket, key = place.key }],
      ) :
      place.bucket => concat(
        place.key == "" ? ["*"] : [place.key, "\${place.key}/*"],
        [for depth in range(1, length(split("/", place.key))) : "\${join("/", slice(split("/", place.key), 0, depth))}/"],
      )...
    }
  }
}
`
