import { statSync } from 'node:fs';
import path from 'node:path';
import { InvalidInputError } from '@postern/core/internal/library';
import { readParameters, type StackOptions } from '@postern/core/internal/overlay';
import type { Io } from '../../process/io.js';
import { readFile } from '../../process/read-file.js';
import type { CheckCommandOptions } from '../../report/finding-options.js';

/** What a template is judged with; where it is a folder of the CDK, what reads a file of it. */
export interface StackFiles extends StackOptions {
  readonly read?: ((file: string) => string) | undefined;
}

/** The stack of a template, and the values of its parameters: `Name=Value`, or files with them. */
export async function stackFiles(
  io: Io,
  file: string,
  { stack, parameters = [] }: Pick<CheckCommandOptions, 'stack' | 'parameters'>,
): Promise<StackFiles> {
  const values = parameters.map(async (one) => {
    if (/^[^/{[]*=/.test(one)) return readParameters(one);
    // It may have a secret, and is not shown.
    if (/^[{[]|^\w{2,}:(?!\/\/)/.test(one))
      throw new InvalidInputError('INVALID_INPUT', '--parameters: expected Name=Value, or the name of a file');

    const name = one.replace(/^file:\/\//, '');
    return readParameters(await readFile(io, name, { remedy: 'Write Name=Value, or name a file that exists.' }), name);
  });
  const given = Object.assign({}, ...(await Promise.all(values))) as StackOptions['parameters'];
  const folder = path.resolve(io.cwd, file);
  const isFolder = file !== '-' && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const { readTextBelow } = await import('@postern/core/internal/node');
  const about = { shown: file, remedy: 'Write the folder with `cdk synth`.' };
  const read = isFolder ? (name: string) => readTextBelow(folder, name, about) : undefined;
  return { stack, parameters: given, read };
}
