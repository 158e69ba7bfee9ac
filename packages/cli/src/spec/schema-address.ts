import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Io } from '../process/io.js';

/** Where npm puts the schema of a project's own copy. */
const INSTALLED = './node_modules/@postern/core/schema/spec.json';

/** The JSON Schema as a spec in the current folder names it for editors; undefined where postern is not installed beside it. */
export async function schemaAddress(io: Io): Promise<string | undefined> {
  const found = await stat(path.resolve(io.cwd, INSTALLED)).catch(() => undefined);
  return found?.isFile() ? INSTALLED : undefined;
}
