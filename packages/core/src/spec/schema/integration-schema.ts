import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import * as z from 'zod';
import {
  id,
  name,
  routeKey,
  strict,
  called,
  optional,
  required,
  cloudName,
  gatewayIdOf,
  say,
  duration,
  limit,
} from './fields.js';
import { external, type linkOf } from './link-schema.js';
import { routeOf, throttleForm } from './route-schema.js';
import { quoted, textOf, exactlyOne, listed, onlyOf, targetOf } from './target-schema.js';
import type { AnyOf, CloudTypes } from '../../do/kinds/cloud/cloud-types.js';
import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import type { StageSettings } from '../../do/model/gateway.js';

/** Whether a spec names the stages that routes of a kind are published to. */
const hasStages = ({ publishedTo, stagesAreFixed }: GatewayKindTraits): boolean =>
  publishedTo !== undefined && stagesAreFixed !== true;

/** A gateway as a program writes it, on one of some clouds. Of clouds that the compiler does not know any key may name one. */
export type GatewayInput<T extends CloudTypes = CloudTypes> = string extends keyof T['gateway']
  ? { readonly [key: string]: string | readonly string[] | WrittenStageSettings[keyof WrittenStageSettings] }
  : AnyOf<T['gateway']> & WrittenStageSettings;

/** What a spec declares of stages, as it is written: `ttl` is a duration. */
export type WrittenStageSettings = Omit<StageSettings, 'cache'> & {
  readonly cache?:
    { readonly size: number; readonly ttl?: string | undefined; readonly encrypted?: boolean | undefined } | undefined;
};

/** A gateway with what a spec declares of its stages. */
export type CheckedGateway = Omit<StageSettings, 'cache'> & {
  readonly cache?: {
    readonly size: number;
    readonly ttl?: number | undefined;
    readonly encrypted?: boolean | undefined;
  };
  readonly [key: string]: unknown;
};

/** How a gateway is named, by the kinds of a set, and what is declared of its stages. */
const gatewayOf = (set: Clouds): z.ZodType<CheckedGateway, GatewayInput> => {
  const kinds = set.gatewayKinds.map((kind) => set.gateway(kind));
  const mark = (some: readonly GatewayKindTraits[]) =>
    onlyOf(
      set,
      set.all.filter(({ name }) => some.some(({ provider }) => provider === name)),
    );
  const published = kinds.filter(hasStages);
  const staged = kinds.filter(({ stageIsNamed }) => stageIsNamed);
  const refsOf = (some: readonly GatewayKindTraits[]) => some.map(({ ref }) => ref);
  const names = (value: object, some: readonly GatewayKindTraits[]) =>
    refsOf(some).some((ref) => (value as Record<string, unknown>)[ref] !== undefined);
  const [defaults = []] = published.flatMap(({ publishedTo }) => (publishedTo ? [publishedTo] : []));
  const stages = optional(
    z.array(cloudName).min(1).max(10),
    ...textOf(set, 'gateway.stages', {
      about: `Stages that the APIs are published to. Only with ${quoted(refsOf(published), 'or')}.`,
      examples: [defaults],
      absent: `\`[${defaults.join(', ')}]\``,
      cloud: mark(published),
    }),
  );
  const stage = optional(
    cloudName,
    `The stage that routes are deployed to. Only with ${quoted(refsOf(staged), 'or')}, which requires it unless the routes are external. A stage that does not exist is created with the first deployment.`,
    { examples: ['prod'], absent: 'every stage of the API is deployed', cloud: mark(staged) },
  );
  const references = kinds.map((kind) => {
    const { ref, title, example } = kind;
    const notes = { examples: [example], absent: 'another key names the gateway', cloud: mark([kind]) };
    return [ref, optional(gatewayIdOf(kind), `The ID of ${title}.`, notes)] as const;
  });
  // A kind that says what to do instead has the key, so that its error can say it.
  const hasSetting = (setting: keyof StageSettings): boolean =>
    kinds.some(
      ({ stageSettings = [], instead = {} }) => stageSettings.includes(setting) || instead[setting] !== undefined,
    );
  const throttleText = textOf(set, 'gateway.throttle', {
    about: 'How many calls of each route without its own `throttle` the stage lets through.',
    examples: [{ rate: 100, burst: 50 }],
    absent: 'it is not managed',
    isOfSome: true,
  });
  const throttle = optional(throttleForm(throttleText[1].cloud), ...throttleText);
  const clientCertificate = optional(
    id,
    ...textOf(set, 'gateway.clientCertificate', {
      about: 'The client certificate that the stage presents to backends.',
      absent: 'it is not managed',
      isOfSome: true,
    }),
  );
  const cacheText = textOf(set, 'gateway.cache', {
    about: 'The cache of the stage, which answers calls again without their backend.',
    examples: [{ size: 0.5, ttl: '5m' }],
    absent: 'it is not managed',
    isOfSome: true,
  });
  const { cloud } = cacheText[1];
  const cache = optional(
    called(
      'cache',
      strict({
        size: required(limit, 'How many gigabytes it has.', { examples: [0.5], cloud }),
        ttl: optional(duration, 'How long an answer is kept.', { examples: ['5m'], absent: '`5m`', cloud }),
        encrypted: optional(z.boolean(), 'Whether answers are encrypted in it.', {
          examples: [true],
          absent: 'it is not managed',
          cloud,
        }),
      }),
    ),
    ...cacheText,
  );
  const shape: Record<string, z.ZodType> = {
    ...Object.fromEntries(references),
    ...(published.length === 0 ? {} : { stages }),
    ...(staged.length === 0 ? {} : { stage }),
    ...(hasSetting('throttle') ? { throttle } : {}),
    ...(hasSetting('clientCertificate') ? { clientCertificate } : {}),
    ...(hasSetting('cache') ? { cache } : {}),
  };
  const gateway = strict(shape)
    .refine((value) => exactlyOne(value, refsOf(kinds)), {
      error: say(`a gateway is one of ${listed(refsOf(kinds), 'and')}`, 'Name exactly one.'),
    })
    .refine((value) => value['stages'] === undefined || names(value, published), {
      error: say(`stages are supported only with ${listed(refsOf(published), 'or')}`, 'Remove them.'),
      path: ['stages'],
    })
    .refine((value) => value['stage'] === undefined || names(value, staged), {
      error: say(`a stage is supported only with ${listed(refsOf(staged), 'or')}`, 'Remove it.'),
      path: ['stage'],
    });
  return gateway as unknown as z.ZodType<CheckedGateway, GatewayInput>;
};

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
