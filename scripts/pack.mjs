// Packs the packages as they would be published.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from './child.mjs';
import { PUBLISHED, PNPM, ROOT, tarballName } from './workspace.mjs';

/** Packs all packages into a folder. Returns the tarballs by the names of the packages. Needs them built with declarations. */
export async function pack(destination) {
  // Only here: a pnpmfile of the workspace would become a part of its lockfile.
  const hooks = `--config.pnpmfile=${path.join(ROOT, 'scripts/pnpmfile-pack.cjs')}`;
  await run('npx', ['--yes', PNPM, '-r', '--filter', './packages/*', hooks, 'pack', '--pack-destination', destination]);
  const files = readdirSync(destination);
  return Object.fromEntries(
    PUBLISHED.map(({ name }) => {
      const file = files.find((one) => new RegExp(`^${tarballName(name)}-\\d`).test(one));
      if (file === undefined) throw new Error(`${name} was not packed`);
      return [name, path.join(destination, file)];
    }),
  );
}
