import { InvalidInputError } from '@postern/core';
import type { Invocation } from '../invocation.js';
import { findLink } from '../links/find-link.js';
import { openPlace } from '../links/open-place.js';
import type { PlaceOptions } from '../links/place.js';
import { note, printJson, printLines } from '../output/print.js';

/** `postern forget`: removes our marks from a link, and leaves the link. */
export async function run({ io, args: [name = ''], options }: Invocation<PlaceOptions>): Promise<number> {
  const place = await openPlace(io, name, options);
  const { gate, context, spec, declared } = place;
  if (options.project === undefined && spec === undefined) {
    throw new InvalidInputError('INVALID_INPUT', 'no project given', {
      remedy: 'Add --project, or run this in the folder of the spec.',
    });
  }
  const link = await findLink(place, name);
  const removed = await gate.forget(link, { signal: context.signal });
  if (options.json === true) printJson(io, { linkId: link.id, removed });
  else
    printLines(
      io,
      removed.length === 0
        ? `Link ${link.id} carries no mark: nothing was changed.`
        : `Postern no longer manages link ${link.id}: removed ${removed.join(', ')}. The link and its routes stay.`,
    );
  if (declared !== undefined && declared.owner !== 'external')
    note(
      io,
      `remove link ${name} from the spec, or declare it as { id: ${link.id}, owner: external }: otherwise the next apply ${declared.id === undefined ? 'creates another link' : 'adopts it again'}`,
    );
  return 0;
}
