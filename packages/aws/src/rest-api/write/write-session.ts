import type { Session } from '../../client/session.js';
import { balancerNames, type NameOf } from './method/backend-uri.js';
import { knownTrees, type RestSession } from './known-trees.js';
import { seenHalves, type SeenHalves } from './seen-halves.js';

/** A session that writes routes of REST APIs, with what it knows of them. */
export interface RouteSession extends RestSession {
  readonly nameOf: NameOf;
  readonly halves: SeenHalves;
}

export function routeSession(session: Session): RouteSession {
  return { ...session, trees: knownTrees(session), nameOf: balancerNames(session), halves: seenHalves() };
}
