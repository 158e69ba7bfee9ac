import { cpSync } from 'node:fs';
import path from 'node:path';
import { folder } from '../run-command.js';

/** The example of a cloud that is not one of the command. */
export const OWN_CLOUD = path.join(import.meta.dirname, '../../../../examples/own-cloud');

/** A copy of it, whose account is empty, with more files. */
export function copyOfOwnCloud(files: Record<string, string> = {}): string {
  const cwd = folder(files);
  cpSync(OWN_CLOUD, cwd, { recursive: true, filter: (file) => !file.endsWith('.json') });
  return cwd;
}
