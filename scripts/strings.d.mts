import type { Plugin } from 'rolldown';
export function strings(): Plugin;
export function withStrings(code: string, parse: (code: string) => object): string;
