import { InvalidInputError } from '@postern/core/internal/library';
import type { Invocation } from '../../invocation.js';
import { rehearse } from '../rehearse/rehearsal.js';
import { addRecords, groupInTwin, handoverOnTwin, whyNotCalled, type RehearseHandoverOptions } from './on-twin.js';

/** `postern rehearse handover`: plans the hand-over of an API group for the twin, and carries it out to its end. */
export async function run({ io, args, options }: Invocation<RehearseHandoverOptions>): Promise<number> {
  const [groupId = '', extra] = args;
  if (extra !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', `unexpected argument ${JSON.stringify(extra)}`, {
      remedy: 'Name one API group.',
    });
  }

  return rehearse(
    io,
    options,
    `the hand-over of ${groupId}`,
    (twin) => handoverOnTwin(io, twin, groupInTwin(twin, groupId), options),
    {
      prepare: (twin) => addRecords(twin, groupInTwin(twin, groupId)),
      whyNotCalled: (route, twin) => whyNotCalled(route, groupInTwin(twin, groupId)),
    },
  );
}
