import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

const make = (): string => mkdtempSync(path.join(tmpdir(), 'postern-test-'));
const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/**
 * A new folder with these files; it is removed when the running test ends. The removal is registered with the test and not in
 * a hook of this file: test files share a process, where a module is loaded once and its hooks belong to the first file alone.
 */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = make();
  onTestFinished(() => remove(folder));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

/**
 * One new folder for all tests of a file or a `describe`, where this is called. It is created on first use, since no hook runs
 * where every test is skipped, and removed after the last test.
 */
export function sharedTemporaryFolder(): () => string {
  let folder: string | undefined;
  afterAll(() => {
    if (folder !== undefined) remove(folder);
    folder = undefined;
  });
  return () => (folder ??= make());
}
