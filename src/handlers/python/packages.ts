/* Which modules are whose. */

/** Modules of the language: what they do changes nothing that they are given. */
const STANDARD = new Set(
  (
    'abc argparse array ast asyncio base64 binascii bisect bz2 calendar cgi cmath codecs collections concurrent configparser contextlib ' +
    'contextvars copy csv ctypes dataclasses datetime decimal difflib email enum errno fnmatch fractions ftplib functools gc getpass glob ' +
    'gzip hashlib heapq hmac html http imghdr importlib inspect io ipaddress itertools json keyword locale logging lzma mimetypes math ' +
    'multiprocessing numbers operator os pathlib pickle pkgutil platform pprint queue random re sched secrets select shlex shutil signal ' +
    'smtplib socket sqlite3 ssl stat statistics string struct subprocess sys tarfile tempfile textwrap threading time timeit token trace ' +
    'traceback types typing typing_extensions unicodedata unittest urllib uuid warnings weakref xml zipfile zlib zoneinfo __future__'
  ).split(' '),
);

/** Packages that leave what they are given as it is, and answer for no handler. */
export const THIRD_PARTY: ReadonlySet<string> = new Set(
  (
    'boto3 botocore aioboto3 requests urllib3 httpx aiohttp pymysql psycopg2 psycopg pymongo redis jwt jose pytz dateutil simplejson ujson ' +
    'orjson cryptography yaml bs4 lxml PIL numpy pandas stripe twilio sentry_sdk certifi bcrypt passlib openai langchain markdown jinja2'
  ).split(' '),
);

/** Packages that are read by what is known of them, or not at all. */
const FRAMEWORKS =
  /^(?:aws_lambda_powertools|aws_xray_sdk|mangum|chalice|fastapi|starlette|flask|flask_cors|werkzeug|pydantic|django|awsgi|apig_wsgi|serverless_wsgi)$/;

/** What Lambda's runtime has loaded before it looks for the code: no file beside a handler takes its place. */
const LOADED = new Set(
  (
    'abc ast base64 bisect calendar codecs collections contextlib copy datetime decimal dis email enum fnmatch functools hashlib heapq http ' +
    'importlib inspect io itertools json locale logging math operator os pathlib random re shutil signal socket ssl string struct sys ' +
    'tempfile threading time traceback types typing urllib warnings weakref'
  ).split(' '),
);

const rootOf = (specifier: string): string => specifier.split('.', 1)[0] ?? '';

export const isStandard = (specifier: string): boolean => STANDARD.has(rootOf(specifier));

/** Whether a module of the language is found before any file of the same name. */
export const isLoaded = (specifier: string): boolean => LOADED.has(rootOf(specifier));

/** Whether a file is not the repository's own code: a package that was copied beside it, as Lambda wants it. */
export function isCopy(specifier: string, path: string): boolean {
  const root = rootOf(specifier);
  if (root === '') return false;
  const inFolder = /[\\/]__init__\.py$/.test(path) || specifier.includes('.');
  return LOADED.has(root) || (inFolder && (THIRD_PARTY.has(root) || FRAMEWORKS.test(root)));
}
