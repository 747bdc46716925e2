import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { Thrown } from '../interpret/run.ts';
import { list, opaque, type Class, type Dictionary, type Thing } from '../interpret/things.ts';
import { builtin, isBuiltin, lineage } from './lineage.ts';

/** https://docs.python.org/3/library/exceptions.html#exception-hierarchy, and what the standard library adds. */
const KINDS: Readonly<Record<string, string>> = {
  Exception: 'BaseException',
  SystemExit: 'BaseException',
  KeyboardInterrupt: 'BaseException',
  ArithmeticError: 'Exception',
  ZeroDivisionError: 'ArithmeticError',
  OverflowError: 'ArithmeticError',
  FloatingPointError: 'ArithmeticError',
  InvalidOperation: 'ArithmeticError',
  AssertionError: 'Exception',
  AttributeError: 'Exception',
  EOFError: 'Exception',
  ImportError: 'Exception',
  ModuleNotFoundError: 'ImportError',
  LookupError: 'Exception',
  IndexError: 'LookupError',
  KeyError: 'LookupError',
  MemoryError: 'Exception',
  NameError: 'Exception',
  UnboundLocalError: 'NameError',
  OSError: 'Exception',
  ConnectionError: 'OSError',
  ConnectionRefusedError: 'ConnectionError',
  ConnectionResetError: 'ConnectionError',
  FileNotFoundError: 'OSError',
  FileExistsError: 'OSError',
  PermissionError: 'OSError',
  TimeoutError: 'OSError',
  RuntimeError: 'Exception',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  StopIteration: 'Exception',
  SyntaxError: 'Exception',
  SystemError: 'Exception',
  TypeError: 'Exception',
  ValueError: 'Exception',
  UnicodeError: 'ValueError',
  UnicodeDecodeError: 'UnicodeError',
  UnicodeEncodeError: 'UnicodeError',
  JSONDecodeError: 'ValueError',
  Warning: 'Exception',
  DeprecationWarning: 'Warning',
  UserWarning: 'Warning',
};
const ALIASES: Readonly<Record<string, string>> = { IOError: 'OSError', EnvironmentError: 'OSError' };

/** A class of errors that the language has. */
export function errorClass(on: Machine, written: string): Class | undefined {
  const name = ALIASES[written] ?? written;
  if (name === 'BaseException') return builtin(on, name, []);
  const parent = KINDS[name];
  const above = parent === undefined ? undefined : errorClass(on, parent);
  return above && builtin(on, name, [above]);
}

/** What is thrown where the code does what the language does not allow. */
export const fault = (on: Machine, kind: string, at: Location): Thrown => {
  const made = errorClass(on, kind);
  return new Thrown(made ? errorOf(made, [], at) : opaque('it is an error', at));
};

export function errorOf(made: Class, args: readonly Thing[], at: Location): Dictionary {
  const self: Dictionary = { kind: 'object', at, entries: new Map(), open: undefined, class: made };
  self.entries.set('args', { at, value: list([...args], at) });
  return self;
}

/** Whether one kind is, or comes below, another. */
const isKind = (name: string, of: string): boolean => {
  for (let one: string | undefined = name; one !== undefined; one = KINDS[one]) if (one === of) return true;
  return of === 'BaseException';
};

/** Whether `except kind` takes an error; undefined where that is open. */
export function takes(on: Machine, error: Thing, kind: Thing): boolean | undefined {
  if (kind.kind === 'list') {
    const each = new Set(kind.items.map((one) => takes(on, error, one)));
    if (each.has(true)) return true;
    return each.has(undefined) || kind.open !== undefined ? undefined : false;
  }
  if (kind.kind === 'scalar') return false;
  if (kind.kind === 'class') return takesClass(on, error, kind);
  // A library's own kind is none of the language's, and none of the code's.
  const library = kind.kind === 'foreign' || (kind.kind === 'opaque' && kind.pure);
  if (!library) return undefined;
  if (error.kind === 'opaque' && error.raised) return false;
  return error.kind === 'object' && error.class && lineage(error.class).every((one) => one.kind === 'class') ? false : undefined;
}

function takesClass(on: Machine, error: Thing, kind: Class): boolean | undefined {
  const all = kind === errorClass(on, 'Exception') || kind === errorClass(on, 'BaseException');
  if (error.kind === 'object' && error.class) {
    const above = lineage(error.class);
    if (above.includes(kind)) return true;
    return above.every((one) => one.kind === 'class') ? false : all || undefined;
  }
  if (error.kind === 'opaque' && error.raised) {
    if (!isBuiltin(kind)) return false;
    const taken = error.raised.filter((name) => isKind(name, kind.code.name ?? ''));
    return taken.length === 0 ? false : taken.length === error.raised.length || undefined;
  }
  return all || undefined;
}
