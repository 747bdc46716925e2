import type { LocatedScalar } from '../../source/located.ts';
import type { Scalar } from '../../value/tree.ts';

/**
 * Plain scalars as YAML 1.1 reads them, in PyYAML's words (its resolver.py and constructor.py): CloudFormation, SAM and
 * the AWS CLI all do. The front page of the trap: `no` is false, `0600` is 384, `012` is ten and `1:30` is ninety.
 */
const BOOLEANS: Readonly<Record<string, boolean>> = { yes: true, no: false, true: true, false: false, on: true, off: false };
const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const BINARY = /^[-+]?0b[01_]+$/;
const OCTAL = /^[-+]?0[0-7_]+$/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const HEXADECIMAL = /^[-+]?0x[0-9a-fA-F_]+$/;
const SEXAGESIMAL = /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/;
const FLOAT = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/;

/** What a plain, untagged scalar means. */
export function plainScalar({ at, source, value }: LocatedScalar): Scalar {
  const text = source.trim();
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return BOOLEANS[text.toLowerCase()] ?? text;
  const number = numberOf(text);
  if (number !== undefined) return number;
  // `0o17`, `08` and `1e3` are numbers by YAML 1.2, and text by 1.1; JSON has the last one too.
  if (typeof value === 'string' || /^\s*\{/.test(at.file.text)) return value;
  return text;
}

/** What every number begins with; most texts do not. */
const NUMERIC = /^[-+.\d]/;

function numberOf(text: string): number | undefined {
  if (!NUMERIC.test(text)) return undefined;
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (DECIMAL.test(text) || FLOAT.test(text)) return sign * Number(digits);
  if (BINARY.test(text)) return sign * Number.parseInt(digits.slice(2) || '0', 2);
  if (OCTAL.test(text)) return sign * Number.parseInt(digits, 8);
  if (HEXADECIMAL.test(text)) return sign * Number.parseInt(digits.slice(2) || '0', 16);
  if (SEXAGESIMAL.test(text)) return sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return undefined;
}
