import * as z from 'zod';
import type { AnyOf, CloudTypes } from '../../do/kinds/cloud/cloud-types.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import type { GatewaySpec } from '../../do/model/gateway.js';
import { cloudName, gatewayIdOf, say, strict } from './fields.js';
import { optional } from './notes.js';
import { exactlyOne, listed, onlyOf, quoted, textOf } from './set-texts.js';

/** Whether a spec names the stages that routes of a kind are published to. */
const hasStages = ({ publishedTo, stagesAreFixed }: GatewayKindTraits): boolean =>
  publishedTo !== undefined && stagesAreFixed !== true;

/** A gateway as a program writes it, on one of some clouds. */
export type GatewayInput<T extends CloudTypes = CloudTypes> = AnyOf<T['gateway']>;

/** How a gateway is named, by the kinds of a set. */
export const gatewayOf = (set: Clouds): z.ZodType<GatewaySpec, GatewayInput> => {
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
  const shape: Record<string, z.ZodType> = {
    ...Object.fromEntries(references),
    ...(published.length === 0 ? {} : { stages }),
    ...(staged.length === 0 ? {} : { stage }),
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
  return gateway as unknown as z.ZodType<GatewaySpec, GatewayInput>;
};
