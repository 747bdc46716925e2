import type { Plugin } from 'rolldown';
export function pairs(): Plugin;
export function withoutPairs(code: string, parse: (code: string) => object): string;
