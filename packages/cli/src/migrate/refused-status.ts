import type { PosternError } from '@postern/core/internal/library';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

/** The exit status of a command that plans: 3, with the cause, where the command that carries out the plan would refuse it. */
export function refusedStatus(io: Io, command: string, refusal: PosternError | undefined): 0 | 3 {
  if (refusal === undefined) return 0;

  const { code, message, remedy } = refusal;
  note(
    io,
    `\`postern ${command}\` would refuse this plan: ${code}: ${message}${remedy === undefined ? '' : `. ${remedy}`}`,
  );
  return 3;
}
