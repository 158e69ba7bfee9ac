import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import * as z from 'zod';
import { name, routeKey, strict } from './fields.js';
import { gatewayOf } from './gateway-schema.js';
import { external, type linkOf } from './link-schema.js';
import { called, optional, required } from './notes.js';
import { routeOf } from './route-schema.js';
import { quoted, textOf } from './set-texts.js';
import { targetOf } from './target-schema.js';

/** An integration as it is written, on the clouds of a set. */
export const integrationOf = (set: Clouds, link: ReturnType<typeof linkOf>) =>
  strict({
    link: required(called('name or link', z.union([name, link])), 'The key of a link under `links`, or a link.', {
      examples: ['main'],
    }),
    gateway: required(
      gatewayOf(set),
      ...textOf(set, 'integrations.gateway', {
        about: `The gateway. It exists already, and is never deleted. Exactly one of ${quoted(set.gatewayKeys)}.`,
        examples: set.gatewayKinds.map((kind) => ({ [set.gateway(kind).ref]: set.gateway(kind).example })),
      }),
    ),
    targets: required(
      z.record(name, targetOf(set)),
      ...textOf(set, 'integrations.targets', {
        about: `Backends by name. Each is exactly one of ${quoted(set.targetKeys)}.`,
      }),
    ),
    routes: required(
      z.record(routeKey, called('name or route', z.union([name, routeOf(set)]))),
      'Route keys, each with the name of a target, or with a target and settings. Routes of this spec that are no longer listed are deleted. Other routes of the gateway are kept.',
      {
        examples: [
          { 'ANY /orders/{proxy+}': 'orders', 'GET /health': 'orders' },
          { 'GET /orders/{id}': { target: 'orders', timeout: '10s' } },
        ],
      },
    ),
    owner: optional(external, 'The routes are read and checked. They are never created, changed or deleted.', {
      examples: ['external'],
      absent: 'the routes are managed by this spec',
    }),
    adopt: optional(
      z.boolean(),
      'Declared routes that exist without a mark are taken over: only their mark is written. A route whose link, target or path differs from the spec is refused.',
      { examples: [true], absent: '`false`: routes without a mark are not changed' },
    ),
    protect: optional(z.boolean(), 'Routes are never deleted: a plan that deletes one is refused with `PROTECTED`.', {
      examples: [true],
      absent: '`false`',
    }),
  });
