import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder as folder } from '../../../core/test/temporary-folder.js';
import { findEngine } from '../../src/engine/start-engine.js';

const LINUX = { platform: 'linux', arch: 'x64' } as const;

/** A folder in which these packages are installed. */
function installed(packages: Readonly<Record<string, string>>): string {
  const cwd = folder({ 'package.json': '{}' });
  for (const [name, version] of Object.entries(packages)) {
    const at = path.join(cwd, 'node_modules', '@restatedev', name);
    mkdirSync(path.join(at, 'bin'), { recursive: true });
    writeFileSync(path.join(at, 'package.json'), JSON.stringify({ name: `@restatedev/${name}`, version }));
    writeFileSync(path.join(at, 'bin', 'restate-server'), '');
  }
  return cwd;
}

it('finds the server of the folder above', () => {
  const cwd = installed({ 'restate-server': '1.10.0', 'restate-server-linux-x64': '1.10.0' });
  const { file, version } = findEngine(path.join(cwd, 'ops'), LINUX);
  expect({ file: path.basename(file), version }).toEqual({ file: 'restate-server', version: '1.10.0' });
});

it.each([
  ['none', {}, 'DEPENDENCY_MISSING', 'npm i -D @restatedev/restate-server@'],
  ['an old one', { 'restate-server': '1.7.4' }, 'ENGINE_TOO_OLD', 'npm i -D @restatedev/restate-server@'],
  ['one of another machine', { 'restate-server': '1.7.12' }, 'DEPENDENCY_MISSING', 'Linux and macOS'],
])('refuses: %s', (_, packages, code, remedy) => {
  expect(() => findEngine(installed(packages as Record<string, string>), LINUX)).toThrow(
    expect.objectContaining({ code, remedy: expect.stringContaining(remedy) as string }),
  );
});
