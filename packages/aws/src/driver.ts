import type { Driver } from '@postern/core';
import type { LinkKindDriver } from '@postern/core/adapter';
import { checkFactoryOptions, methodsOnFirstCall, driverOf, SIMULATOR_CREDENTIALS } from '@postern/core/driver';
import { resolveRegion } from './client/region.js';
import type { createMethods } from './methods.js';
import { LINK_TIMEOUT_MS, POLL_MS, STALENESS_MS } from './limits.js';
import { HTTP_MOVE_TRAITS, REST_MOVE_TRAITS } from './moves/traits.js';
import { AWS_OPTIONS, type AwsOptions } from './options.js';

/** The driver's code. Kept here, because each `import()` asks Node's loader again: many drivers are one for each account and region. */
let loaded: Promise<{ readonly createMethods: typeof createMethods }> | undefined;
const load = () => (loaded ??= import('./methods.js'));

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

/** The optional functions for routes that every kind of API has. */
const ROUTE_METHODS = ['list', 'sweep', 'adopt', 'adoptStage', 'forget', 'forgetStage'] as const;

/**
 * The driver for API Gateway's VPC links, HTTP, WebSocket and REST APIs in one region. Its code is loaded
 * with the first call, each SDK package with the first call that needs it. Construction makes no call.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`.
 */
export function aws(given: AwsOptions = {}): Driver {
  checkFactoryOptions('aws', AWS_OPTIONS, given);
  const { simulator } = given;
  const options: AwsOptions =
    simulator === undefined ? given : { ...given, endpoint: simulator.url, credentials: SIMULATOR_CREDENTIALS };
  const region = resolveRegion(options);
  let opened: Promise<ReturnType<typeof createMethods>> | undefined;
  const methods = () => (opened ??= load().then((code) => code.createMethods(options, region)));
  const linkKind = (kind: 'vpc-link-v2' | 'vpc-link-v1'): LinkKindDriver => ({
    traits: TRAITS,
    links: methodsOnFirstCall('links', async () => (await methods())[kind].links, ['untag']),
    targets: methodsOnFirstCall('targets', async () => (await methods())[kind].targets),
    allowlist: methodsOnFirstCall('allowlist', async () => (await methods())[kind].allowlist, ['mark']),
    egress: async (linkId, ctx) => (await methods())[kind].egress(linkId, ctx),
  });
  return driverOf({
    provider: 'aws',
    region,
    ...(simulator === undefined ? {} : { simulator }),
    identity: async (ctx) => (await methods()).identity(ctx),
    observe: async (scope, ctx) => (await methods()).observe(scope, ctx),
    links: { 'vpc-link-v2': linkKind('vpc-link-v2'), 'vpc-link-v1': linkKind('vpc-link-v1') },
    gateways: {
      'http-api': methodsOnFirstCall('routes', async () => (await methods())['http-api'], ROUTE_METHODS),
      'websocket-api': methodsOnFirstCall('routes', async () => (await methods())['websocket-api'], ROUTE_METHODS),
      'rest-api': methodsOnFirstCall('routes', async () => (await methods())['rest-api'], [
        ...ROUTE_METHODS,
        'removeStage',
        'testCall',
      ]),
    },
    moves: {
      'http-api': {
        traits: HTTP_MOVE_TRAITS,
        methods: methodsOnFirstCall('moves', async () => (await methods()).moves['http-api']),
      },
      'rest-api': {
        traits: REST_MOVE_TRAITS,
        methods: methodsOnFirstCall('moves', async () => (await methods()).moves['rest-api'], ['createTest']),
      },
    },
    groupRules: methodsOnFirstCall('groupRules', async () => (await methods()).groupRules),
  });
}
