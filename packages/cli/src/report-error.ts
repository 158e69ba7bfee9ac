import type { Io } from './io.js'; export function reportError(error: unknown, io: Io, argv: readonly string[]): number { io.stderr.write(String(error)+argv.length); return 1; }
