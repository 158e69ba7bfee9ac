import {
  doorsOnFirstCall,
  driverOf,
  UnsupportedError,
  type AllowlistDoors,
  type Driver,
  type LinkDoors,
  type LinkKindDriver,
  type RouteDoors,
  type TargetDoors,
} from '@postern/core/adapter';
import { resolveRegion } from './client/region.js';
import type { openDoors } from './doors.js';
import { LINK_TIMEOUT_MS, POLL_MS, STALENESS_MS } from './limits.js';
import type { AwsOptions } from './options.js';

/** What differs on AWS from other clouds, each with the fact behind it. */
const TRAITS: LinkKindDriver['traits'] = {
  createsLinks: true,
  deletesLinks: true,
  // UpdateVpcLink changes the name only: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks-vpclinkid.html
  linksAreImmutable: true,
  stalenessMs: STALENESS_MS,
  pollMs: POLL_MS,
  linkTimeoutMs: LINK_TIMEOUT_MS,
};

// The functions of the doors, so that one is known before its code is loaded.
const LINKS = { create: true, find: true, statuses: true, rename: true, tag: true, untag: true, delete: true } as const;
const TARGETS = { resolve: true, create: true, find: true, update: true, delete: true } as const;
const ALLOWLIST = { prepare: true, read: true, allow: true, revoke: true, mark: true, release: true } as const;
const ROUTES = {
  create: true,
  find: true,
  update: true,
  list: true,
  delete: true,
  sweep: true,
  deploy: true,
} as const;

/**
 * The driver for API Gateway's VPC links, HTTP, WebSocket and REST APIs in one region. Its code is loaded
 * with the first call, each SDK package with the first call that needs it. Construction makes no call.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`.
 */
export function aws(options: AwsOptions = {}): Driver {
  const region = resolveRegion(options);
  let opened: Promise<ReturnType<typeof openDoors>> | undefined;
  const doors = () => (opened ??= import('./doors.js').then((loaded) => loaded.openDoors(options, region)));
  const linkKind = (kind: 'vpc-link-v2' | 'vpc-link-v1'): LinkKindDriver => ({
    traits: TRAITS,
    links: doorsOnFirstCall<LinkDoors>(async () => (await doors())[kind].links, LINKS),
    targets: doorsOnFirstCall<TargetDoors>(async () => (await doors())[kind].targets, TARGETS),
    allowlist: doorsOnFirstCall<AllowlistDoors>(async () => (await doors())[kind].allowlist, ALLOWLIST),
    egress: async (linkId, ctx) => (await doors())[kind].egress(linkId, ctx),
  });
  const routesOf = (kind: 'http-api' | 'websocket-api') =>
    doorsOnFirstCall<RouteDoors>(async () => (await doors())[kind], ROUTES);
  return driverOf({
    provider: 'aws',
    region,
    identity: async (ctx) => (await doors()).identity(ctx),
    observe: async (scope, ctx) => (await doors()).observe(scope, ctx),
    links: { 'vpc-link-v2': linkKind('vpc-link-v2'), 'vpc-link-v1': linkKind('vpc-link-v1') },
    gateways: {
      'http-api': routesOf('http-api'),
      'websocket-api': routesOf('websocket-api'),
      'rest-api': doorsOnFirstCall<RouteDoors>(async () => (await doors())['rest-api'], {
        ...ROUTES,
        removeStage: true,
      }),
    },
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
