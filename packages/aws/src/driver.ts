import { driverOf, UnsupportedError, type Driver, type LinkTraits } from '@postern/core/adapter';
import { VPC_LINK_V2 } from '@postern/core/kinds';
import { allowlist } from './link/allowlist.js';
import { readEgress } from './link/egress.js';
import { LINK_TIMEOUT_MS, POLL_MS, STALENESS_MS } from './limits.js';
import { observe } from './observe/observe.js';
import type { AwsOptions } from './options.js';
import { routes } from './gateway/route.js';
import { createSession } from './client/session.js';
import { targets } from './target/target.js';
import { vpcLinks } from './link/vpc-link.js';

/** What differs on AWS from other clouds, each with the fact behind it. */
const TRAITS: LinkTraits = {
  createsLinks: true,
  deletesLinks: true,
  ...VPC_LINK_V2.traits,
  // UpdateVpcLink changes the name only: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks-vpclinkid.html
  linksAreImmutable: true,
  stalenessMs: STALENESS_MS,
  pollMs: POLL_MS,
  linkTimeoutMs: LINK_TIMEOUT_MS,
};

/**
 * The driver for API Gateway's VPC links V2 and HTTP APIs in one region. It loads no SDK package before the
 * first call that needs it, and makes no call on construction.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`.
 */
export function aws(options: AwsOptions = {}): Driver {
  const session = createSession(options);
  return driverOf({
    provider: 'aws',
    region: session.region,
    identity: session.identity,
    observe: (scope, ctx) => observe(session, scope, ctx),
    links: {
      'vpc-link-v2': {
        traits: TRAITS,
        links: vpcLinks(session),
        targets: targets(session),
        allowlist: allowlist(session),
        egress: (linkId, ctx) => readEgress(session, linkId, ctx),
      },
    },
    gateways: { 'http-api': routes(session) },
    moves: { units: later, move: later, verify: later },
  });
}

function later(): Promise<never> {
  return Promise.reject(
    new UnsupportedError('moving a gateway from one link to another comes in a later version', {
      remedy: 'Declare the routes on the other link and apply; they are moved one by one.',
    }),
  );
}
