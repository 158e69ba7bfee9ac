import path from 'node:path';
import { exportTerraform } from '@postern/core/internal/overlay';
import { plansOf } from '../../spec/brought-clouds.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { note, printJson } from '../../output/print.js';
import { makeFolder, refuseOverwriting, writeOutput } from '../../output/files.js';
import { elsewhereOf } from '../../apply/elsewhere.js';
import { takeSnapshot } from '../../snapshot/take-snapshot.js';
import { loadSpec } from '../../spec/load-spec.js';

/** The first line of each file, by which a later export knows what it may replace. */
const HEAD = '# Written by `postern export terraform`.';

/** `postern export terraform`: what a spec owns as a configuration of Terraform, with `import` blocks. */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.exportTerraform>): Promise<number> {
  const loaded = await loadSpec(file, io, options);
  const { spec, clouds } = loaded;
  const { snapshot } = await takeSnapshot(io, spec, { ...options, elsewhere: await elsewhereOf(loaded) });
  const { files, resources, notes } = exportTerraform(snapshot, spec, { ...(await plansOf(io)), clouds });
  for (const one of notes) note(io, one);
  const { output = '-' } = options;
  if (output !== '-') {
    const placed = Object.entries(files).map(([name, text]) => [path.join(output, name), text] as const);
    const mark = { command: 'postern export terraform', mark: new RegExp(`^${HEAD}`) };
    const shown = placed.map(([file]) => file);
    if (options.force !== true) await refuseOverwriting(io, shown, mark);
    await makeFolder('--output', output, io.cwd);
    for (const [file, text] of placed) await writeOutput(io, file, `${HEAD}\n\n${text}`);
    note(io, `${Object.keys(files).join(', ')} are in ${output}`);
  }
  if (options.json === true) printJson(io, { version: 1, resources, notes });
  else if (output === '-')
    io.stdout.write(
      Object.entries(files)
        .map(([name, text]) => `# ${name}\n\n${text}`)
        .join('\n'),
    );
  return 0;
}
