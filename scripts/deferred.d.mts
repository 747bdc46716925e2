import type { Plugin } from 'rolldown';
export function deferred(): Plugin;
export function withGetters(code: string, parse: (code: string) => object): string;
