import type { Clouds } from '../kinds/cloud/clouds.js';
import { list, oneOf, optional, record, strict, value, type Form } from '../forms/form.js';
import { has, id, keyForm, lookUp as lookUpForm } from './key-forms.js';
import {
  amount,
  choice,
  keyed,
  name,
  optionalFlag,
  optionalText,
  optionalTexts,
  ruled,
  strings,
  tcpPort,
  text,
  texts,
  unchecked,
} from '../forms/values.js';
import { SPEC_ID_RULE } from '../forms/text-rules.js';
import type { PortRange } from '../model/allowlist.js';
import { cacheSettings, type GatewaySpec, type StageSettings } from '../model/gateway.js';
import type { LinkKind } from '../model/link.js';
import type { Move } from '../model/moves.js';
import type { AssumedFacts, IntegrationSpec, LinkSpec, LookUp, Spec, TargetSpec, Timeouts } from '../spec.js';
import { routeSettingsShape, type RouteSettings, type Throttle } from '../model/route.js';
import { targetTlsShape, type TargetRef, type TargetTls } from '../model/target.js';

const lookUp = lookUpForm<LookUp>();

/** A kind of link of the set. */
export const linkKindForm = (clouds: Clouds): Form<LinkKind> =>
  value<LinkKind>(`a kind of link, such as ${clouds.linkKinds[0]}`, (given) => clouds.hasLink(given), {
    type: 'string',
  });

const port: Form<number> = value('a port', (given) => Number.isInteger(given), { type: 'integer' });

const linkForm = (clouds: Clouds): Form<LinkSpec> =>
  strict<LinkSpec>()({
    provider: id,
    region: id,
    account: optionalText,
    profile: optionalText,
    assumeRole: optionalText,
    kind: optional(linkKindForm(clouds)),
    id: optional(lookUp),
    name: optionalText,
    network: optional(lookUp),
    subnets: optional(list(lookUp)),
    securityGroups: optional(list(lookUp)),
    loadBalancer: optionalText,
    allowlist: optionalTexts,
    allowPorts: optional(record(list(strict<PortRange>()({ fromPort: port, toPort: port })))),
    allowGroups: optional(record(list(strict<PortRange>()({ fromPort: port, toPort: port })))),
    owner: optional(oneOf('external')),
    protect: optionalFlag,
    timeouts: optional(strict<Timeouts>()({ createMs: optional(amount), deleteMs: optional(amount) })),
    tags: strings,
    native: unchecked(),
  });

export const tls = strict<TargetTls>()(targetTlsShape);

/** How a backend is named. */
export const targetRefForm = (clouds: Clouds): Form<TargetRef> => clouds.derived(formOfTargets);

const formOfTargets = (clouds: Clouds): Form<TargetRef> =>
  choice<TargetRef>(`one of ${clouds.targetKeys.join(', ').replace(/, ([^,]+)$/, ' and $1')}`, (given) => {
    const key = clouds.targetKeys.find((one) => has(given, one));
    if (key === undefined) return undefined;

    const { form, hasPort } = clouds.target(key);
    return keyed<Record<string, unknown>>({ [key]: keyForm(form), ...(hasPort ? { port: tcpPort } : {}) });
  });

/** The keys of a reference that name a gateway. A valid one has exactly one. */
export function gatewayKeysOf(clouds: Clouds, given: unknown): readonly string[] {
  return clouds.gatewayKeys.filter((key) => has(given, key));
}

export const gatewaySpecForm = (clouds: Clouds): Form<GatewaySpec> =>
  choice<GatewaySpec>(`one key that names a gateway, such as { ${clouds.gatewayKeys[0]} }`, (given) => {
    const keys = gatewayKeysOf(clouds, given);
    if (keys.length === 0) return undefined;

    const names = Object.fromEntries(keys.map((key) => [key, id]));
    return keyed<Record<string, unknown>>({ ...names, stage: optionalText, stages: optionalTexts });
  });

const throttle = optional(strict<Throttle>()({ rate: optional(amount), burst: optional(amount) }));

export const routeSettings = strict<RouteSettings>()({
  ...routeSettingsShape,
  timeoutMs: optional(amount),
  scopes: optionalTexts,
  throttle,
});

const integrationForm = (clouds: Clouds): Form<IntegrationSpec> =>
  strict<IntegrationSpec>()({
    link: text,
    gateway: gatewaySpecForm(clouds),
    targets: record(
      strict<TargetSpec>()({
        ref: targetRefForm(clouds),
        admits: optionalTexts,
        tls: optional(tls),
        path: optional(oneOf('keep')),
      }),
    ),
    routes: strings,
    settings: optional(record(routeSettings)),
    stageSettings: optional(
      strict<StageSettings>()({ throttle, clientCertificate: optionalText, cache: cacheSettings }),
    ),
    owner: optional(oneOf('external')),
    adopt: optionalFlag,
    protect: optionalFlag,
  });

export const assumedFacts = strict<AssumedFacts>()({
  internalBlocks: optional(record(texts)),
  returnPaths: optionalTexts,
  stageVariables: optional(record(record(strings))),
  registries: optional(record(texts)),
  hosts: optional(record(record(texts))),
});

/** The form of a spec that was read: what `parseSpec`, `specFrom` and `defineSpec` give. */
export const specForm = (clouds: Clouds): Form<Spec> => clouds.derived(formOfSpecs);

const formOfSpecs = (clouds: Clouds): Form<Spec> =>
  strict<Spec>()({
    version: value<1>('version 1', (given) => given === 1, { const: 1 }),
    project: name,
    spec: ruled(SPEC_ID_RULE),
    links: record(linkForm(clouds)),
    integrations: record(integrationForm(clouds)),
    moved: optional(
      list(
        strict<Move>()({
          kind: oneOf('link', 'integration', 'target'),
          integration: optionalText,
          from: text,
          to: text,
          path: text,
        }),
      ),
    ),
    assume: optional(assumedFacts),
    // The reader adds the position of each in the file.
    ignore: optional(list(unchecked()) as never),
    places: unchecked(),
    hidden: optional(list(strict<NonNullable<Spec['hidden']>[number]>()({ value: text, name: text }))),
  });
