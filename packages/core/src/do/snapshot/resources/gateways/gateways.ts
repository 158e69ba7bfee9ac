import { oneOf, optional, strict } from '../../../forms/form.js';
import { set, sorted } from '../../../forms/lists.js';
import {
  flag,
  number,
  optionalFlag,
  optionalText,
  owner,
  port,
  raw,
  strings,
  text,
} from '../../../forms/resource-values.js';
import {
  type Gateway,
  type GatewayDomain,
  type GatewayIntegration,
  type GatewaySettings,
  type GatewayUse,
  type ServedRoutes,
  type Stage,
  type StageCanary,
} from '../../../model/gateway.js';
import { GATEWAY_KIND_NAMES } from '../../../model/gateway-kind.js';
import type { Route } from '../../../model/route.js';
import { part, resource } from '../resource.js';
import { route } from './route.js';

const routePart = part<Route>('route', ({ key }) => key);

const denies = optional(oneOf('all', 'some'));

const served = optional(
  strict<ServedRoutes>()({
    routes: sorted(route, ['key', 'id'], { once: ['key'] }),
    denies,
    endpoint: optional(oneOf('disabled')),
  }),
);

/** See {@link Gateway}. */
export const gateways = resource(
  strict<Gateway>()({
    id: text,
    name: text,
    kind: oneOf(...GATEWAY_KIND_NAMES),
    stages: sorted(
      strict<Stage>()({
        name: text,
        autoDeploy: flag,
        deploymentId: optionalText,
        deployed: optionalText,
        variables: optional(strings),
        canary: optional(
          strict<StageCanary>()({ deploymentId: optionalText, percent: number, variables: optional(strings), served }),
        ),
        served,
        createdBy: optional(strict<NonNullable<Stage['createdBy']>>()({ project: text, spec: optionalText })),
      }),
      ['name'],
    ),
    routes: sorted(route, ['key', 'id'], { once: ['id'] }),
    integrations: optional(
      sorted(
        strict<GatewayIntegration>()({
          id: text,
          linkId: optionalText,
          targetId: optionalText,
          owner: owner,
          namesOthers: optionalFlag,
        }),
        ['id', 'linkId', 'targetId'],
        // Where stage variables name its link, each link that it has counts.
        { once: ['id', 'linkId', 'targetId'] },
      ),
    ),
    tags: strings,
    linkId: optionalText,
    locked: optionalText,
    endpoint: optional(oneOf('disabled', 'private')),
    denies,
    uses: optional(
      sorted(
        strict<GatewayUse>()({
          kind: oneOf('route', 'backend', 'plugin'),
          id: text,
          name: text,
          routeIds: set(text),
          stage: optionalText,
          pluginType: optionalText,
          targetId: optionalText,
          linkId: optionalText,
          host: optionalText,
          port: optional(port),
          scheme: optional(oneOf('http', 'https')),
          registry: optionalText,
          unreadable: optionalText,
        }),
        ['kind', 'id', 'stage', 'linkId', 'targetId', 'host', 'port'],
      ),
    ),
    settings: optional(
      strict<GatewaySettings>()({
        httpsPolicy: optionalText,
        requestsPerSecond: optional(number),
        ipv6: optionalFlag,
        basePath: optionalText,
        domains: sorted(
          strict<GatewayDomain>()({
            name: text,
            kind: oneOf('public', 'network', 'intranet', 'self-call', 'custom'),
            byCname: optionalFlag,
          }),
          ['kind', 'name'],
        ),
        migration: optional(
          strict<NonNullable<GatewaySettings['migration']>>()({ state: text, running: flag, error: optionalText }),
        ),
        marketplace: optionalFlag,
      }),
    ),
    raw,
  }),
  {
    always: true,
    key: 'id',
    by: ['kind', 'id'],
    noun: 'gateway',
    diffOrder: 20,
    holds: 'scope',
    wholeWithGateways: true,
    parts: {
      routes: routePart,
      // What a stage serves, and its canary, has routes.
      stages: { noun: 'stage', key: ({ name }) => String(name), parts: { routes: routePart } },
      integrations: part<GatewayIntegration>('integration', ({ id }) => id),
    },
  },
);
