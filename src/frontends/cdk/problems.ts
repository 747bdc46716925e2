import type { Refused } from '../../model/written.ts';
import { YES } from '../../value/verdict.ts';
import type { Written } from './json.ts';

// What is wrong with an assembly, in plain words. All of it is mended by synthesizing again.

export const missingFile = ({ text, at }: Written, what: string): Refused =>
  refused(at, true, `\`${text}\` is not there: ${what}. So this cdk.out cannot be deployed. Run \`cdk synth\` again.`);

/** `why`: of what could not be read, with its subject. */
export const closedFile = ({ at }: Written, why: string): Refused => refused(at, false, `${why}.`);

/** A path with `..`, an absolute one. */
export const escaping = ({ text, at }: Written): Refused =>
  refused(at, false, `"${text}" leads out of this folder and is not read: the CDK writes all that it deploys beside the manifest.`);

export const circular = ({ text, at }: Written): Refused =>
  refused(
    at,
    true,
    `\`${text}\` is this assembly itself, or one that holds it. The CDK writes nothing of the kind: run \`cdk synth\` again.`,
  );

export const tooMany = ({ at }: Written): Refused =>
  refused(at, false, 'This assembly holds more Stages, one within the other, than are looked at: those from here on were not checked.');

export const nameless = ({ text, at }: Written): Refused =>
  refused(at, true, `The artifact \`${text}\` names no file, so the CDK deploys nothing of this assembly: run \`cdk synth\` again.`);

export const nothingIn = 'This manifest names no artifacts, so the CDK deploys nothing of this assembly: run `cdk synth` again.';

const refused = (at: Written['at'], fatal: boolean, text: string): Refused => ({ kind: 'refused', at, exists: YES, fatal, text });
