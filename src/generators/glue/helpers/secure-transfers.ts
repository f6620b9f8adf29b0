import type { Helper } from './registry.ts'

const session = 'from pyspark.sql import SparkSession'

/** Work on SFTP servers, through paramiko, which the job is given. Files pass through the driver one after another. */
export const secureTransferHelpers = {
	ssh_server: {
		imports: [
			'import json',
			'from base64 import b64decode',
			'from collections.abc import Iterator',
			'from contextlib import contextmanager',
			'from typing import Any',
		],
		needs: [],
		text: `
@contextmanager
def ssh_server(connection: str) -> Iterator[Any]:
    """A session with an SFTP server: a Glue connection with HOST and PORT, whose secret has a login and the server's key."""
    import boto3
    import paramiko

    found = boto3.client("glue").get_connection(Name=connection)["Connection"]["ConnectionProperties"]
    answer = boto3.client("secretsmanager").get_secret_value(SecretId=found["SECRET_ID"])
    login = json.loads(answer["SecretString"])
    host, port = found["HOST"], int(found.get("PORT") or 22)
    kind, key = login["host_key"].split()[:2]
    with paramiko.SSHClient() as client:
        known = host if port == 22 else f"[{host}]:{port}"
        client.get_host_keys().add(known, kind, paramiko.PKey.from_type_string(kind, b64decode(key)))
        user = {"username": login["username"], "password": login["password"]}
        client.connect(host, port, **user, timeout=60, allow_agent=False, look_for_keys=False)
        try:
            yield client.open_sftp()
        except (OSError, paramiko.SSHException) as error:
            print(f"SFTP: {error}")
`,
	},
	remote_paths: {
		imports: ['import re', 'from typing import Any'],
		needs: [],
		text: `
def remote_paths(server: Any, path: str) -> list[str]:
    """What is on the server under a path: itself, or everything whose name fits a pattern with * and ?."""
    folder, slash, pattern = path.rstrip("/").rpartition("/")
    if not re.search("[*?]", pattern):
        return [folder + slash + pattern]
    body = re.escape("*" if pattern == "*.*" else pattern).replace(r"\\*", ".*").replace(r"\\?", ".")
    names = sorted(server.listdir(folder + slash or "."))
    return [folder + slash + name for name in names if re.fullmatch(body, name, re.IGNORECASE)]
`,
	},
	remote_tree: {
		imports: ['from collections.abc import Iterator', 'from stat import S_ISDIR', 'from typing import Any'],
		needs: [],
		text: `
def remote_tree(server: Any, path: str) -> Iterator[str]:
    """Paths of all files of a folder and of those inside it; of a file its own."""
    if S_ISDIR(server.stat(path).st_mode):
        for name in sorted(server.listdir(path)):
            yield from remote_tree(server, f"{path}/{name}")
    else:
        yield path
`,
	},
	new_place: {
		imports: [],
		needs: [],
		text: `
def new_place(path: str, target: str, several: bool) -> str:
    """Where a file or folder goes: under its own name where the target ends with a slash, otherwise the target itself."""
    if target.endswith(("/", "\\\\")):
        return target.rstrip("/\\\\") + "/" + path.rpartition("/")[2]
    if several:
        raise ValueError(f"{target} is one name for several files: let it end with a slash")
    return target
`,
	},
	sftp_receive: {
		imports: [session],
		needs: ['file_system', 'new_place', 'remote_paths', 'remote_tree', 'ssh_server'],
		text: `
def sftp_receive(spark: SparkSession, connection: str, path: str, target: str, remove: bool = False) -> None:
    """Fetches a file, a folder, or all that fits a pattern. What is there is replaced; a refusal is told."""
    with ssh_server(connection) as server:
        starts = remote_paths(server, path)
        for start in starts:
            place = new_place(start, target, len(starts) > 1)
            for file in remote_tree(server, start):
                with server.open(file, "rb") as source:
                    content = source.read()
                system, goal = file_system(spark, place + file[len(start) :])
                stream = system.create(goal, True)
                try:
                    stream.write(bytearray(content))
                finally:
                    stream.close()
                if remove:
                    server.remove(file)
`,
	},
	make_remote_folder: {
		imports: ['from typing import Any'],
		needs: [],
		text: `
def make_remote_folder(server: Any, path: str) -> None:
    """Makes a folder on the server where there is none."""
    try:
        server.stat(path)
    except FileNotFoundError:
        server.mkdir(path)
`,
	},
	sftp_send: {
		imports: [session],
		needs: ['files_below', 'list_files', 'make_remote_folder', 'new_place', 'read_bytes', 'remove_file', 'ssh_server'],
		text: `
def sftp_send(spark: SparkSession, connection: str, path: str, target: str, remove: bool = False) -> None:
    """Sends a file, a folder, or the files that fit a pattern. What is there is replaced; a refusal is told."""
    path = path.replace("\\\\", "/").rstrip("/")
    folder, _, pattern = path.rpartition("/")
    starts = list_files(spark, folder, pattern) if set(pattern) & set("*?") else [path]
    with ssh_server(connection) as server:
        make_remote_folder(server, target)
        for start in starts:
            place = new_place(start, target, len(starts) > 1)
            files = files_below(spark, start, True)
            if not files:
                raise FileNotFoundError(f"{start} is not there")
            for file in files:
                inner = file[len(start) :].split("/")
                for depth in range(1, len(inner)):
                    make_remote_folder(server, place + "/".join(inner[:depth]))
                with server.open(place + "/".join(inner), "wb") as goal:
                    goal.write(read_bytes(spark, file))
                if remove:
                    remove_file(spark, file)
`,
	},
} as const satisfies Record<string, Helper>
