import type { Metafile } from 'esbuild';

export function undocumented(text: string, file?: string): string;
export function buildPlayground(folder: string): Promise<readonly Metafile[]>;
