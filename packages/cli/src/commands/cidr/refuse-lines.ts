import type { CommonOptions } from '../../invocation.js';
import type { Io } from '../../process/io.js';
import type { Input } from './input.js';

/** Whether a line of the inputs is refused. A refused line has then been reported. */
export async function refuse(
  io: Io,
  command: string,
  inputs: readonly Input[],
  { json }: CommonOptions,
): Promise<boolean> {
  if (inputs.every(({ lines }) => lines.refusedCount === 0)) return false;

  const { reportRefused } = await import('./print-refused-lines.js');
  reportRefused(io, command, inputs, json === true);
  return true;
}
