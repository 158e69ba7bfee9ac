import { driverOf, UnsupportedError, type Driver, type LinkKindDriver, type LinkTraits } from '@postern/core/adapter';
import { INTEGRATION_INSTANCE } from '@postern/core/kinds';
import { allowlist } from './link/accessible-cidr.js';
import { readEgress } from './link/egress.js';
import { instanceLinks } from './link/instance-links.js';
import { LINK_TIMEOUT_MS, POLL_MS, STALENESS_MS } from './limits.js';
import { observe } from './observe/observe.js';
import type { AlibabaOptions } from './options.js';
import { ENDS } from './retirement.js';
import { routes } from './gateway/route.js';
import { createSession } from './client/session.js';
import { targets } from './target/target.js';

/** What differs on Alibaba Cloud from other clouds, each with the fact behind it. */
const TRAITS: LinkTraits = {
  createsLinks: true,
  deletesLinks: true,
  ...INTEGRATION_INSTANCE.traits,
  // VPC, vSwitches, security groups and own block are given once (ForceNew in Terraform's provider).
  linksAreImmutable: true,
  stalenessMs: STALENESS_MS,
  pollMs: POLL_MS,
  linkTimeoutMs: LINK_TIMEOUT_MS,
};

/**
 * The driver for API Gateway (Traditional) of Alibaba Cloud in one region: VPC integration instances,
 * conventional dedicated instances and API groups. It loads no SDK package before the first call, and makes
 * no call on construction.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`.
 */
export function alibaba(options: AlibabaOptions = {}): Driver {
  const session = createSession(options);
  // Bought one way or the other, an instance is read, changed and deleted with the same calls.
  const instance: LinkKindDriver = {
    traits: TRAITS,
    links: instanceLinks(session),
    targets: targets(session),
    allowlist: allowlist(session),
    egress: (linkId, ctx) => readEgress(session, linkId, ctx),
  };
  return driverOf({
    provider: 'alibaba',
    region: session.region,
    retirement: ENDS,
    identity: session.identity,
    observe: (scope, ctx) => observe(session, scope, ctx),
    links: { 'integration-instance': instance, 'dedicated-instance': instance },
    gateways: { 'api-group': routes(session) },
    moves: { units: later, move: later, verify: later },
  });
}

function later(): Promise<never> {
  return Promise.reject(
    new UnsupportedError('moving a group that carries calls from one instance to another comes in a later version', {
      remedy: 'Move it in the console; a group that serves only this project moves with its first route.',
    }),
  );
}
