import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { JOURNAL_FOLDER } from '../apply/journal.js';
import { cloudsOf } from './brought-clouds.js';
import type { Io } from '../process/io.js';

/** Where npm puts the schema of a project's own copy. */
const INSTALLED = './node_modules/@postern/core/schema/spec.json';

/** Where a copy is put beside a spec. */
const COPY = 'spec.schema.json';

/** Journals stay out of git. The copy of the schema is for all editors of the spec. */
const IGNORED = `*\n!.gitignore\n!${COPY}\n`;

/**
 * The JSON Schema in the form in which a spec in the current folder names it for editors. Undefined where
 * postern is not installed in that folder.
 */
export async function schemaAddress(io: Io): Promise<string | undefined> {
  const found = await stat(path.resolve(io.cwd, INSTALLED)).catch(() => undefined);
  return found?.isFile() ? INSTALLED : undefined;
}

/** Where a spec names the schema: the installed one, or the copy that {@link writeSchemaCopy} writes. */
export async function schemaAddressOf(io: Io, spec: string): Promise<string> {
  const installed = await schemaAddress(io);
  if (installed === undefined) return `./${JOURNAL_FOLDER}/${COPY}`;
  // As seen from the spec's folder, with slashes on every system.
  return `./${path.relative(path.dirname(spec), path.resolve(io.cwd, installed)).split(path.sep).join('/')}`;
}

/**
 * Writes a copy of the schema beside a spec where postern is not installed there: it may be installed for
 * the whole machine.
 */
export async function writeSchemaCopy(io: Io, spec: string): Promise<void> {
  if ((await schemaAddress(io)) !== undefined) return;
  const [{ specJsonSchema }, clouds] = await Promise.all([import('@postern/core/spec'), cloudsOf(io)]);
  const { writeTextFile } = await import('@postern/core/node');
  const folder = path.join(path.dirname(spec), JOURNAL_FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeTextFile(path.join(folder, COPY), `${JSON.stringify(specJsonSchema(clouds), undefined, 2)}\n`, {
    mode: 0o644,
  });
  await writeTextFile(path.join(folder, '.gitignore'), IGNORED, { mode: 0o644 });
}
