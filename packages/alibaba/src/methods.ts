import type { CallContext } from '@postern/core';
import type { Scope } from '@postern/core/adapter';
import { createSession } from './client/session.js';
import { routes } from './gateway/route.js';
import { allowlist } from './link/accessible-cidr.js';
import { readEgress } from './link/egress.js';
import { instanceLinks } from './link/instance-links.js';
import { groupMoves } from './moves/group-moves.js';
import { groupRules } from './network/group-rules.js';
import { observe } from './observe/observe.js';
import type { AlibabaOptions } from './options.js';
import { targets } from './target/target.js';

/** Everything that the driver does. Loaded with its first call. */
export function createMethods(options: AlibabaOptions, region: string) {
  const session = createSession(options, region);
  return {
    identity: session.identity,
    observe: (scope: Scope, ctx: CallContext) => observe(session, scope, ctx),
    egress: (linkId: string, ctx: CallContext) => readEgress(session, linkId, ctx),
    links: instanceLinks(session),
    targets: targets(session),
    allowlist: allowlist(session),
    routes: routes(session),
    moves: groupMoves(session),
    groupRules: groupRules(session),
  };
}
