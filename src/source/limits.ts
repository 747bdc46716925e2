/*
 * Bounds on what is read. Templates come from strangers' repositories too, so no file may cost unbounded time, memory
 * or stack. All bounds lie far above anything that deploys: CloudFormation refuses templates above 1 MB.
 */

/** Characters. `yaml` reads about 2 MB a second, and its tree takes some hundred bytes for each character. */
export const MAX_LENGTH = 8 * 1024 * 1024;

/** Lists and maps within each other. The deepest template of the corpora has 26; every later stage may recurse this far. */
export const MAX_DEPTH = 100;

/** Values in the whole tree as one walks it: what stands under an alias counts at each of its uses. */
export const MAX_VALUES = 500_000;

/** Lexemes of one YAML file, about six characters each in real templates; this bounds what `yaml` itself does before we see a node. */
export const MAX_LEXEMES = 1_000_000;

/** What a 'too-large' problem says. */
export const tooLong = (length: number): string =>
  `it is ${(length / 1024 / 1024).toFixed(1)} MB large, and files above ${MAX_LENGTH / 1024 / 1024} MB are not read`;
export const TOO_DEEP = `its lists and maps are nested more than ${MAX_DEPTH} deep`;
export const TOO_MANY = 'it holds more than 500,000 values';
export const TOO_MANY_ALIASED = 'its aliases expand to more than 500,000 values';
export const TOO_MANY_LEXEMES = 'it is too long for YAML to be read';
