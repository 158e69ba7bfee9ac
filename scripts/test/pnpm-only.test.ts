import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { refusal } from '../pnpm-only.mjs';

const packages = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../packages');
const refused = refusal as (userAgent?: string) => string | undefined;

describe('packing', () => {
  it('is refused for npm only, with the command that works', () => {
    expect(refused('npm/10.8.2 node/v20.20.0 linux x64 workspaces/false')).toContain('npx pnpm@10.34.9 -r');
    expect(refused('pnpm/10.34.9 npm/? node/v20.20.0 linux x64')).toBeUndefined();
    expect(refused()).toBeUndefined();
  });

  it.each(readdirSync(packages))(
    'is checked before %s is packed where it depends on packages of the workspace',
    (name) => {
      const { scripts, dependencies } = JSON.parse(readFileSync(path.join(packages, name, 'package.json'), 'utf8')) as {
        scripts?: Record<string, string>;
        dependencies: Record<string, string>;
      };
      const bundles = name === 'cli';
      expect(scripts?.['prepack']).toBe(
        `node ../../scripts/${bundles ? 'build.mjs --js --only cli' : 'pnpm-only.mjs'}`,
      );
      if (bundles)
        expect(Object.values(dependencies).filter((version) => version.startsWith('workspace:'))).toEqual([]);
    },
  );
});
