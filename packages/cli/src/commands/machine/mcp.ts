import { Console } from 'node:console';
import { InvalidInputError } from '@postern/core/internal/library';
import type { Invocation } from '../../invocation.js';
import { loadSpec, loadSpecIfAny } from '../../spec/load-spec.js';
import { readSnapshot } from '../../snapshot/read-snapshot.js';
import { openScope, requireFiles, type ScopeOptions } from '../../mcp/scope.js';
import { serve } from '../../mcp/serve.js';

/**
 * `postern mcp`: serves one spec to an assistant until standard input ends. Standard output carries messages of the
 * protocol only. The files are read once here, so that a mistake ends the command; later calls read them again.
 * @throws {InvalidInputError} `INVALID_INPUT` for options that exclude each other; what `loadSpec` throws.
 */
export async function run({ io, args: [file], options }: Invocation<ScopeOptions>): Promise<number> {
  refuse(file, options);
  await requireFiles({ io, file, options });
  if (options.terraform === undefined) await loadSpec(file, io, options);
  else await loadSpecIfAny(file, io, options);
  if (options.snapshot !== undefined) await readSnapshot(io, options.snapshot, options);
  globalThis.console = new Console({ stdout: process.stderr, stderr: process.stderr });
  return serve(openScope(io, file, options));
}

function refuse(file: string | undefined, { snapshot, terraform, allowApply }: ScopeOptions): void {
  const inputs = { 'the spec': file, '--snapshot': snapshot, '--terraform': terraform };
  for (const [name, value] of Object.entries(inputs))
    if (value === '-')
      throw new InvalidInputError('INVALID_INPUT', `${name} cannot be standard input, which carries the protocol`, {
        remedy: 'Name a file.',
      });
  if (allowApply === true && (snapshot ?? terraform) !== undefined)
    throw new InvalidInputError('INVALID_INPUT', '--allow-apply is not allowed with --snapshot or --terraform', {
      remedy: 'Leave one of them out: apply changes the live network, and its plans are computed from that.',
    });
}
