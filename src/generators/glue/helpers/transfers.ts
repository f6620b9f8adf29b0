import type { Helper } from './registry.ts'

const session = 'from pyspark.sql import SparkSession'

/** Work on FTP servers. Files pass through the driver whole. */
export const transferHelpers = {
	file_server: {
		imports: [
			'import json',
			'from collections.abc import Iterator',
			'from contextlib import contextmanager',
			'from ftplib import FTP, all_errors',
			'from urllib.parse import urlsplit',
		],
		needs: [],
		text: `
@contextmanager
def file_server(connection: str, may_fail: bool = False) -> Iterator[FTP]:
    """A session with an FTP server: a URL, or a Glue connection with HOST, PORT and the login of a user."""
    if connection.startswith("ftp:"):
        place = urlsplit(connection)
        found = {"HOST": place.hostname or "", "PORT": str(place.port or "")}
    else:
        import boto3

        found = boto3.client("glue").get_connection(Name=connection)["Connection"]["ConnectionProperties"]
        if "SECRET_ID" in found:
            secrets = boto3.client("secretsmanager")
            login = json.loads(secrets.get_secret_value(SecretId=found["SECRET_ID"])["SecretString"])
            found |= {"USERNAME": login["username"], "PASSWORD": login["password"]}
    try:
        with FTP(timeout=60) as server:
            server.connect(found["HOST"], int(found.get("PORT") or 21))
            server.login(found.get("USERNAME", ""), found.get("PASSWORD", ""))
            yield server
    except all_errors as error:
        if not may_fail:
            raise
        print(f"FTP: {error}")
`,
	},
	remote_files: {
		imports: ['import re', 'from ftplib import FTP'],
		needs: [],
		text: `
def remote_files(server: FTP, path: str) -> list[str]:
    """Paths of the files whose names fit a pattern with * and ?, whatever the letter case."""
    folder, slash, pattern = path.rpartition("/")
    if not re.search("[*?]", pattern):
        return [path]
    body = re.escape("*" if pattern == "*.*" else pattern).replace(r"\\*", ".*").replace(r"\\?", ".")
    lines: list[str] = []
    server.retrlines(f"LIST {folder + slash}".rstrip(), lines.append)
    # As Unix lists files, or as Windows does.
    line = re.compile(r"-(?:\\S+ +){8}(?P<unix>.+)|[\\d-]+ +[\\d:]+[AP]M +\\d+ (?P<windows>.+)")
    names = [found["unix"] or found["windows"] for found in map(line.fullmatch, lines) if found]
    fitting = [folder + slash + name for name in sorted(names) if re.fullmatch(body, name, re.IGNORECASE)]
    if not fitting:
        raise FileNotFoundError(f"no file on the server fits {path}")
    return fitting
`,
	},
	ftp_send: {
		imports: [session],
		needs: ['file_server', 'list_files', 'read_bytes', 'remote_files'],
		text: `
def ftp_send(
    spark: SparkSession,
    connection: str,
    path: str,
    folder: str,
    overwrite: bool = False,
    as_text: bool = False,
    may_fail: bool = False,
) -> None:
    """Sends a file, or the files whose names fit a pattern, to a folder of an FTP server."""
    with file_server(connection, may_fail) as server:
        start, _, pattern = path.replace("\\\\", "/").rpartition("/")
        files = list_files(spark, start, pattern) if set(pattern) & set("*?") else [path]
        if not files:
            raise FileNotFoundError(f"no file fits {path}")
        for file in files:
            target = folder.rstrip("/") + "/" + file.replace("\\\\", "/").rpartition("/")[2]
            if not overwrite and target in server.nlst(folder):
                raise FileExistsError(f"{target} is there already")
            content = read_bytes(spark, file)
            server.voidcmd("TYPE A" if as_text else "TYPE I")
            with server.transfercmd(f"STOR {target}") as data:
                data.sendall(content)
            server.voidresp()
`,
	},
	ftp_receive: {
		imports: [session],
		needs: ['file_server', 'file_system', 'remote_files'],
		text: `
def ftp_receive(
    spark: SparkSession,
    connection: str,
    path: str,
    folder: str,
    overwrite: bool = False,
    as_text: bool = False,
    may_fail: bool = False,
) -> None:
    """Fetches a file, or the files whose names fit a pattern, from an FTP server into a folder."""
    with file_server(connection, may_fail) as server:
        for file in remote_files(server, path):
            system, target = file_system(spark, folder.rstrip("/\\\\") + "/" + file.rpartition("/")[2])
            if not overwrite and system.exists(target):
                raise FileExistsError(f"{target.toString()} is there already")
            server.voidcmd("TYPE A" if as_text else "TYPE I")
            with server.transfercmd(f"RETR {file}") as data:
                content = b"".join(iter(lambda: data.recv(65536), b""))
            server.voidresp()
            stream = system.create(target, True)
            try:
                stream.write(bytearray(content))
            finally:
                stream.close()
`,
	},
	ftp_delete: {
		imports: [],
		needs: ['file_server', 'remote_files'],
		text: `
def ftp_delete(connection: str, path: str, may_fail: bool = False) -> None:
    """Deletes a file of an FTP server, or the files whose names fit a pattern."""
    with file_server(connection, may_fail) as server:
        for file in remote_files(server, path):
            server.delete(file)
`,
	},
	ftp_create_folder: {
		imports: [],
		needs: ['file_server'],
		text: `
def ftp_create_folder(connection: str, path: str, may_fail: bool = False) -> None:
    """Makes a folder on an FTP server."""
    with file_server(connection, may_fail) as server:
        server.mkd(path)
`,
	},
	ftp_remove_folder: {
		imports: [],
		needs: ['file_server'],
		text: `
def ftp_remove_folder(connection: str, path: str, may_fail: bool = False) -> None:
    """Removes a folder of an FTP server."""
    with file_server(connection, may_fail) as server:
        server.rmd(path)
`,
	},
} as const satisfies Record<string, Helper>
