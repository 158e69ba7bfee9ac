import type { Spec, UnreadPart } from '@postern/core/internal/library';
import type { Io } from '../process/io.js';
import { printError } from './print-error.js';

/** Prints an error for each account and region that a plan leaves out because it could not be read. */
export function printUnreadParts(io: Io, parts: readonly UnreadPart[], spec: Spec): void {
  for (const { provider, region, account, links, code, message, remedy } of parts) {
    const [name] = links;
    const place = name === undefined ? undefined : spec.places?.(`links.${name}`);
    printError(io, {
      code,
      place,
      remedy,
      message: `${provider} ${region} of account ${account} was left out: ${message}`,
    });
  }
}
