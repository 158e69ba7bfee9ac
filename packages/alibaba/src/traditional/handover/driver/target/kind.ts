import type { CallContext } from '@postern/core/internal/library';
import type { FoundObject, HandoverKind, HandoverPlace, ObjectOf, RemoveAnswer } from '../../run/driver.js';
import { environmentOf, requireGateway } from '../../../../cloud-native/gateway.js';
import type { Definitions } from '../source/source-api.js';
import type { Session } from '../../../../client/session.js';

/** How objects of one kind are found and created on a target. */
export interface KindMethods<K extends HandoverKind> {
  readonly find: (at: At<K>) => Promise<FoundObject | undefined>;
  readonly create: (at: At<K>) => Promise<string>;
  /** Sets what one call cannot, and returns whether it is usable. */
  readonly settle?: (at: At<K>, id: string) => Promise<'done' | 'pending'>;
  /** Deletes it; what is gone is removed. What holds something of another owner is kept. */
  readonly remove: (at: At<K>, id: string) => Promise<RemoveAnswer>;
}

export const REMOVED: RemoveAnswer = { state: 'removed' };

export const keptFor = (reason: string): RemoveAnswer => ({ state: 'kept', reason });

/** One object, where it is built, and what calls are made with. */
export interface At<K extends HandoverKind> {
  readonly object: ObjectOf<K>;
  readonly place: HandoverPlace;
  readonly session: Session;
  readonly ctx: CallContext;
  /** Whether nothing that was read before may be used. */
  readonly fresh?: boolean | undefined;
  readonly definitions: Definitions;
}

/** The environment of the stage's gateway, which routes and authorizations name. */
export function environmentIn({ place, session, ctx }: Omit<At<HandoverKind>, 'object'>): Promise<string> {
  return place.once('environment', async () => environmentOf(await requireGateway(session, place.gatewayId, ctx)));
}

/** The mark in descriptions: `postern handover 0f1e2d3c RELEASE route orders`. A consumer is of all stages. */
export function markOf({ object, place }: Pick<At<HandoverKind>, 'object' | 'place'>): string {
  const stage = object.kind === 'consumer' ? '' : `${place.stage} `;
  return `postern handover ${shortId(place)} ${stage}${object.kind} ${object.name}`;
}

/** Of the ID of a hand-over, for names and marks. */
export const shortId = ({ handover }: Pick<HandoverPlace, 'handover'>): string => handover.slice(0, 8);

/** The names of members whose value differs. Members that the service does not return are not compared. */
export function differing(
  found: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.keys(wanted).filter(
    (name) => found[name] !== undefined && JSON.stringify(found[name]) !== JSON.stringify(wanted[name]),
  );
}
