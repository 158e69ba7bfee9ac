// The command as one file that needs no package beside it, the licenses of what is inside, and install.sh with the hash of that file.
//   node scripts/one-file.mjs FOLDER
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { licensesOf, packagesOf } from './bundled.mjs';
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { setUp } from './set-up.mjs';
import { packageFolder, readJson } from './workspace.mjs';

const folder = path.resolve(process.argv[2]);
const cli = packageFolder('cli');
const inFolder = (name) => path.join(folder, name);

await setUp();
await node([toolEntry('tsup'), '--silent', '--out-dir', folder], { cwd: cli, env: { POSTERN_BUILD: 'one-file' } });
const metafile = inFolder('metafile-esm.json');
writeFileSync(inFolder('postern.mjs.licenses.txt'), licensesOf('postern.mjs', packagesOf('cli', readJson(metafile))));
rmSync(metafile);
const hash = createHash('sha256')
  .update(readFileSync(inFolder('postern.mjs')))
  .digest('hex');
const script = readFileSync(path.join(cli, 'install.sh'), 'utf8');
writeFileSync(inFolder('install.sh'), script.replace(/^sha256=.*$/m, `sha256=${hash}`), { mode: 0o755 });
