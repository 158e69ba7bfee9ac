import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { exportTerraform } from '@postern/core/overlay';
import type { Invocation } from '../../invocation.js';
import { note, printJson } from '../../output/print.js';
import { writeOutput } from '../../output/write-output.js';
import { takeSnapshot } from '../../snapshot/take-snapshot.js';
import { loadSpec } from '../../spec/load-spec.js';

interface Options {
  readonly region?: string;
  readonly snapshot?: string;
  readonly profile?: string;
  readonly output?: string;
}

/** `postern export terraform`: what a spec owns as a configuration of Terraform, with `import` blocks. */
export async function run({ io, args: [file], options }: Invocation<Options>): Promise<number> {
  const { spec } = await loadSpec(file, io, options);
  const { snapshot } = await takeSnapshot(io, spec, options);
  const { files, resources, notes } = exportTerraform(snapshot, spec);
  for (const one of notes) note(io, one);
  const { output = '-' } = options;
  if (output !== '-') {
    await mkdir(path.resolve(io.cwd, output), { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeOutput(io, path.join(output, name), text);
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
