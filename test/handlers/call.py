"""Calls each handler it is told of with each event, in a process of its own, and prints what they answer."""
import importlib
import io
import json
import os
import sys
import time
import types
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
told = json.load(sys.stdin)
out, sys.stdout, sys.stderr = sys.stdout, open(os.devnull, "w"), open(os.devnull, "w")
time.sleep = lambda _seconds: None

# The network: it is up ("ok"), answers with failures ("fails"), or is down ("throws").
fetches = "ok"
calls = 0


class ClientError(Exception):
    def __init__(self):
        global calls
        calls += 1
        self.response = {"Error": {"Code": "404" if calls % 2 else "AccessDenied", "Message": "no"}}
        super().__init__("An error occurred")


class Service:
    """A client, a resource or a table of boto3: whatever is asked of it, it gives the same."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self.operation(name)

    def Table(self, name):
        return self

    def operation(self, name):
        if fetches == "throws":
            raise ClientError()
        if name == "invoke":
            return {"Payload": io.BytesIO(b"{}" if fetches == "ok" else b'{"errorMessage": "no"}')}
        if fetches == "fails":
            return {"Items": [], "ETag": ""}
        return {"Items": [{"id": "1"}], "Item": {"id": "1"}, "ETag": "e", "Count": 1}


class RequestException(IOError):
    pass


class ConnectionFailed(RequestException):
    pass


class Answer:
    def __init__(self):
        self.ok = fetches == "ok"
        self.status_code = 200 if self.ok else 500
        self.headers = {"Content-Type": "application/json"}
        self.text = '{"items": []}' if self.ok else "no"
        self.content = self.text.encode()

    def json(self):
        return json.loads(self.text)

    def raise_for_status(self):
        if not self.ok:
            raise RequestException("500 Server Error")

    def read(self):
        return self.content

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None


def request(*args, **kwargs):
    if fetches == "throws":
        raise ConnectionFailed("no network")
    return Answer()


def urlopen(url, *args, **kwargs):
    if fetches == "throws":
        raise urllib.error.URLError("no network")
    if fetches == "fails":
        raise urllib.error.HTTPError("https://internal.example.com", 500, "no", {}, None)
    return Answer()


def module(name, **members):
    made = types.ModuleType(name)
    made.__path__ = []
    made.__dict__.update(members)
    sys.modules[name] = made


urllib.request.urlopen = urlopen
module("boto3", client=lambda *a, **k: Service(), resource=lambda *a, **k: Service())
module("botocore")
module("botocore.exceptions", ClientError=ClientError)
exceptions = {"RequestException": RequestException, "ConnectionError": ConnectionFailed, "Timeout": ConnectionFailed}
module("requests", get=request, post=request, put=request, **exceptions)
module("requests.exceptions", **exceptions)
sys.modules["requests"].exceptions = sys.modules["requests.exceptions"]


class DatabaseError(Exception):
    pass


class Connection(Answer):
    def cursor(self):
        return self

    def execute(self, *args):
        return 1

    def fetchall(self):
        return [[1, "x"]]


def connect(*args, **kwargs):
    if fetches != "ok":
        raise DatabaseError("no database")
    return Connection()


module("pymysql", connect=connect, MySQLError=DatabaseError)


class Context:
    aws_request_id = "id"
    function_name = "function"

    def get_remaining_time_in_millis(self):
        return 3000


def call(handler, event):
    try:
        return {"answer": json.loads(json.dumps(handler(event, Context())))}
    except Exception as error:
        return {"error": repr(error)}


standard = set(sys.modules)
path = list(sys.path)
results = []
for told_of in told["handlers"]:
    before = dict(os.environ)
    os.environ.update(told_of["env"])
    sys.path[:] = [told_of["root"], *path[1:]]
    importlib.invalidate_caches()
    handler = getattr(importlib.import_module(told_of["module"]), told_of["exported"])
    answers = []
    for one in told["events"]:
        if told_of["alone"] and one["fetches"] != "ok":
            continue
        fetches = one["fetches"]
        answers.append(call(handler, json.loads(json.dumps(one["event"]))))
    results.append({"name": told_of["name"], "answers": answers})
    os.environ.clear()
    os.environ.update(before)
    # What a handler imports from beside it is imported anew for the next; the language's own stays.
    for name, one in list(sys.modules.items()):
        if name not in standard and (getattr(one, "__file__", None) or told_of["root"]).startswith(told_of["root"]):
            del sys.modules[name]
json.dump(results, out)
