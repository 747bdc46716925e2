import type { Plugin } from 'rolldown';
export function licences(fileName?: string): Plugin;
export function packageOf(id: string): string | undefined;
export function notice(folders: readonly string[]): string;
