// Remembers, between runs, that a check passed for exactly these inputs, so that an unchanged package is not checked again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE } from './workspace.mjs';

export async function once(name, hash, check) {
  const stamp = path.join(CACHE, 'once', `${name}.txt`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return undefined;
  const problems = await check();
  if (!(problems?.length > 0)) {
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, hash);
  }
  return problems;
}
