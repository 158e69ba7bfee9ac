import { ensure, type CallTools, type EnsuredPart, type EnsureTools } from '../apply/ensure.js';
import { localWatches } from '../apply/local-run.js';
import { recordedReach } from '../apply/reach.js';
import type { Spec } from '../spec.js';
import type { CallOptions, EnsureOptions, EventOptions } from './call-options.js';
import type { RequestedSpec } from './parts.js';
import { remove, type Removal, type Removed } from './removal.js';
import { inRegion, type Session } from './session.js';

/** Makes sure of a part of a spec, as this session's own. */
export function ensurePart(
  session: Session,
  part: RequestedSpec,
  options: EnsureOptions,
  how: Pick<EnsureTools, 'maxParallel' | 'review'> = {},
): Promise<EnsuredPart> {
  const { allowPurchase, onEvent, onNote = session.context.log } = options;
  return ensure(specOf(session, part), { ...toolsOf(session, options), allowPurchase, onEvent, onNote, ...how });
}

/** Removes what a plan of the region says. */
export function removePart(session: Session, options: EventOptions, removal: Removal): Promise<Removed> {
  return remove(ownSpec(session), removal, { ...toolsOf(session, options), onEvent: options.onEvent });
}

/** Removes all that the session has, also where its journal shows that it has more. */
export async function removeAll(session: Session, options: EventOptions, removal: Removal): Promise<Removed> {
  const spec = ownSpec(session);
  const { places } = recordedReach(await session.journal.read(), spec);
  return remove(spec, removal, { ...toolsOf(session, options), onEvent: options.onEvent }, places);
}

function ownSpec(session: Session): Spec {
  return inRegion(specOf(session, { links: {}, integrations: {} }), session.driver);
}

function specOf(session: Session, part: RequestedSpec): Spec {
  return { version: 1, ...session.claim(), ...part };
}

function toolsOf(session: Session, options: CallOptions): CallTools {
  const { drivers, context, journal } = session;
  const watches = (session.watches ??= localWatches({ context, journal, run: 'ensure' }));
  return { drivers, clouds: drivers.clouds, context: session.ctx(options), journal, watches };
}
