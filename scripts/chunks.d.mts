import type { Plugin } from 'rolldown';
export function chunks(): Plugin;
export function withValues(code: string, parse: (code: string) => object): string;
