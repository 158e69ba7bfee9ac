import type { CallContext, Scope } from '@postern/core/adapter';
import { createSession } from './client/session.js';
import { routes } from './gateway/route.js';
import { allowlist } from './link/allowlist.js';
import { readEgress } from './link/egress.js';
import { vpcLinks } from './link/vpc-link.js';
import { observe } from './observe/observe.js';
import type { AwsOptions } from './options.js';
import { targets } from './target/target.js';

/** Everything that the driver does. Loaded with its first call. */
export function openDoors(options: AwsOptions, region: string) {
  const session = createSession(options, region);
  return {
    identity: session.identity,
    observe: (scope: Scope, ctx: CallContext) => observe(session, scope, ctx),
    egress: (linkId: string, ctx: CallContext) => readEgress(session, linkId, ctx),
    links: vpcLinks(session),
    targets: targets(session),
    allowlist: allowlist(session),
    routes: routes(session),
  };
}
