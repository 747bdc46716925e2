/**
 * SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, in hexadecimal. Reports are also made where there is no `node:crypto`, and
 * are made at once, which the browser's own `crypto.subtle` cannot.
 */
export function sha256(text: string): string {
  const words = padded(new TextEncoder().encode(text));
  const hash = new Uint32Array(INITIAL);
  for (let block = 0; block < words.length; block += 16) addBlock(hash, words.subarray(block, block + 16));
  return [...hash].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** §5.1.1: a one bit, zeros, and the length in bits, up to whole blocks of 16 words. */
function padded(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(Math.ceil((bytes.length + 9) / 64) * 16);
  const put = (at: number, byte: number): void => {
    words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (24 - 8 * (at % 4)));
  };
  for (const [i, byte] of bytes.entries()) put(i, byte);
  put(bytes.length, 0x80);
  words[words.length - 2] = Math.floor(bytes.length / 2 ** 29);
  words[words.length - 1] = bytes.length << 3;
  return words;
}

/** §6.2.2. */
function addBlock(hash: Uint32Array, block: Uint32Array): void {
  const schedule = scheduleOf(block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (ROUNDS[t] ?? 0) + (schedule[t] ?? 0);
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) hash[i] = (hash[i] ?? 0) + word;
}

function scheduleOf(block: Uint32Array): Uint32Array {
  const schedule = new Uint32Array(64);
  schedule.set(block);
  const at = (t: number): number => schedule[t] ?? 0;
  for (let t = 16; t < 64; t++) {
    const [early, late] = [at(t - 15), at(t - 2)];
    const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    schedule[t] = at(t - 16) + small + at(t - 7) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
  }
  return schedule;
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The first 32 bits of a number's fraction. */
const fraction = (number: number): number => Math.floor((number % 1) * 2 ** 32);

const PRIMES: readonly number[] = Array.from({ length: 310 }, (_, i) => i + 2).filter((number) => {
  for (let by = 2; by * by <= number; by++) if (number % by === 0) return false;
  return true;
});

/** §4.2.2 and §5.3.3: of the cube roots of the first 64 primes, and of the square roots of the first 8. */
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
