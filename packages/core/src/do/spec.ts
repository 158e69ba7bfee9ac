import type { SourcePlace } from '../ground/errors.js';
import { list, oneOf, optional, record, strict, value, type Form, type Infer } from './forms/form.js';
import { SPEC_ID_RULE } from './forms/text-rules.js';
import {
  amount,
  name,
  optionalFlag,
  optionalText,
  optionalTexts,
  ruled,
  strings,
  text,
  texts,
  unchecked,
} from './forms/values.js';
import { id, lookUp as lookUpForm } from './kinds/key-forms.js';
import { gatewaySpecForm, linkKindForm, routeSettings, targetRefForm, tls } from './kinds/reference-forms.js';
import type { Clouds } from './kinds/cloud/clouds.js';
import { portRangeShape, type PortRange } from './model/allowlist.js';
import { stageSettingsShape, type StageSettings } from './model/gateway.js';
import { moveShape, type Move } from './model/moves.js';
import type { LookUp } from './model/reference.js';

export type { LookUp };

const lookUp = lookUpForm<LookUp>();
const blockPorts = record(list(strict<PortRange>()(portRangeShape)));

const timeoutsShape = { createMs: optional(amount), deleteMs: optional(amount) };

/** Milliseconds; written `10m`, `90s` in a spec. */
export interface Timeouts extends Infer<typeof timeoutsShape> {}

const linkSpecShape = (clouds: Clouds) => ({
  provider: id,
  region: id,
  account: optionalText,
  profile: optionalText,
  assumeRole: optionalText,
  /** What kind of link it is, where the cloud has several; undefined: the first one. */
  kind: optional(linkKindForm(clouds)),
  /** Adopt the link with this id, or the one that a look-up finds. */
  id: optional(lookUp),
  /** The link's name on the cloud; by default its name in the spec. */
  name: optionalText,
  network: optional(lookUp),
  subnets: optional(list(lookUp)),
  securityGroups: optional(list(lookUp)),
  /** The load balancer of a link that is made for one: its name or ARN. */
  loadBalancer: optionalText,
  /** Canonical CIDR blocks. Undefined means: not managed. */
  allowlist: optionalTexts,
  /** The TCP ports of blocks of `allowlist` that name their own; the others allow the ports of the link's targets. */
  allowPorts: optional(blockPorts),
  /** The security groups of backends that admit the link, each with TCP ports; without ports those of the link's targets. */
  allowGroups: optional(blockPorts),
  /** `external`: checked and moved, never created, changed or deleted. */
  owner: optional(oneOf('external')),
  protect: optionalFlag,
  timeouts: optional(strict<Timeouts>()(timeoutsShape)),
  tags: strings,
  native: unchecked<Readonly<Record<string, unknown>>>(),
});

/** A link as declared. Either `id` (adopt), or what it is created from, `subnets` or `loadBalancer` (create, or adopt the managed one). */
export interface LinkSpec extends Infer<ReturnType<typeof linkSpecShape>> {}

const assumedFactsShape = {
  /** Blocks that a gateway's own network uses in a region, by region: `{ 'cn-hangzhou': ['10.200.0.0/16'] }`. */
  internalBlocks: optional(record(texts)),
  /** Blocks outside the cloud whose routers send answers back to the link. */
  returnPaths: optionalTexts,
  /** What a stage's variables hold, by gateway id, then stage, then name. */
  stageVariables: optional(record(record(strings))),
  /**
   * Servers that a registry returns, by its address as given in a backend: `{ '10.0.0.5:8848': ['10.0.1.7:8080'] }`.
   */
  registries: optional(record(texts)),
  /**
   * The `Host` values of calls to a target, in lower case: by integration, then target: `{ orders: { main:
   * ['orders.internal'] } }`.
   */
  hosts: optional(record(record(texts))),
};

/** Facts that no API provides. A result that depends on one names it. */
export interface AssumedFacts extends Infer<typeof assumedFactsShape> {}

export const assumedFacts = strict<AssumedFacts>()(assumedFactsShape);

const targetSpecShape = (clouds: Clouds) => ({
  ref: targetRefForm(clouds),
  /**
   * The backend's own allowlist, where it is not in the cloud: that of a host or an on-premises firewall.
   * Canonical blocks.
   */
  admits: optionalTexts,
  tls: optional(tls),
  path: optional(oneOf('keep')),
});

export interface TargetSpec extends Infer<ReturnType<typeof targetSpecShape>> {}

const integrationSpecShape = (clouds: Clouds) => ({
  /** A name of `Spec.links`. A link written inside an integration is listed there under the integration's name. */
  link: text,
  gateway: gatewaySpecForm(clouds),
  targets: record(strict<TargetSpec>()(targetSpecShape(clouds))),
  /** Route key → name of a target. */
  routes: strings,
  /** Route key → settings, of routes that declare some. */
  settings: optional(record(routeSettings)),
  /** What is written beside the ID of the gateway, for the stages that the routes are deployed to. */
  stageSettings: optional(strict<StageSettings>()(stageSettingsShape)),
  owner: optional(oneOf('external')),
  /** Whether unmanaged routes that match the declaration are taken over. */
  adopt: optionalFlag,
  protect: optionalFlag,
});

/** Routes of one gateway to targets behind one link. */
export interface IntegrationSpec extends Infer<ReturnType<typeof integrationSpecShape>> {}

interface IgnoreSpec {
  readonly check: string;
  readonly subject?: string | undefined;
  readonly reason: string;
  readonly until?: string | undefined;
}

const hiddenValueShape = {
  value: text,
  /** `env:NAME` */
  name: text,
};

interface HiddenValue extends Infer<typeof hiddenValueShape> {}

const specShape = (clouds: Clouds) => ({
  version: value<1>('version 1', (given) => given === 1, { const: 1 }),
  project: name,
  /** Which of the project's specs this is: part of every mark. */
  spec: ruled(SPEC_ID_RULE),
  links: record(strict<LinkSpec>()(linkSpecShape(clouds))),
  integrations: record(strict<IntegrationSpec>()(integrationSpecShape(clouds))),
  /** Keys that were renamed: what is marked with the former name keeps its resources, and gets new marks. */
  moved: optional(list(strict<Move>()(moveShape))),
  assume: optional(assumedFacts),
  // The reader adds the position of each in the file.
  ignore: optional(list(unchecked<IgnoreSpec>() as Form<IgnoreSpec>)),
  /**
   * The position of each path of keys (`links.eu.subnets[0]`) in the file, for errors. The one member that is a function: JSON leaves it
   * out, `structuredClone` refuses it, and without it errors have the path alone.
   */
  places: unchecked<(path: string) => SourcePlace | undefined>(),
  /** Values of variables, which the spec has. Errors and reports show the name in place of the value: `${env:NAME}`. */
  hidden: optional(list(strict<HiddenValue>()(hiddenValueShape))),
});

/** The desired state, parsed and with defaults filled in. */
export interface Spec extends Infer<ReturnType<typeof specShape>> {}

/** The form of a spec that was read: what `parseSpec`, `specFrom` and `defineSpec` give. */
export const specForm = (clouds: Clouds): Form<Spec> => clouds.derived(formOfSpecs);

const formOfSpecs = (clouds: Clouds): Form<Spec> => strict<Spec>()(specShape(clouds));
