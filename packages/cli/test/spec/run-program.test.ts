import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checksOf } from '@postern/core/check';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/spec/run-program.js';
import { folder } from '../run-command.js';

const runIn = (files: Record<string, string>): Promise<unknown> =>
  runProgram(path.join(folder(files), 'a.ts'), 'a.ts', {});

describe('a program that the command runs', () => {
  it('gets the own modules of the command, without an installation of the libraries', async () => {
    const files = {
      'a.ts':
        "import type { Spec } from '@postern/core';\nexport { mine as default } from './mine';\nexport type A = Spec;\n",
      'mine.ts': "import { checksOf } from '@postern/core/check';\nexport const mine: unknown = checksOf;\n",
    };
    expect(await runIn(files)).toBe(checksOf);
  });

  it('can import every public entry of core', async () => {
    const manifest = path.join(import.meta.dirname, '../../../core/package.json');
    const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly exports: Record<string, unknown> };
    const entries = Object.keys(exports).filter((name) => !/\.json$|^\.\/internal\//.test(name));
    const imports = entries.map((name, at) => `import * as _${at} from '@postern/core${name.slice(1)}';\n`);
    const all = entries.map((_, at) => `Object.keys(_${at}).length`);
    const counts = await runIn({ 'a.ts': `${imports.join('')}export default [${all.join()}];\n` });
    expect(counts).toHaveLength(entries.length);
    expect(counts).not.toContain(0);
  });
});
