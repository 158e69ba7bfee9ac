import { ROUTE_KEY } from '../../forms/text-rules.js';
import type { PlanTraits } from '../../model/traits.js';
import type { GatewayRules } from '../gateway/gateway-rules.js';
import type { LinkKindRules } from '../link/link-kind.js';
import type { Cloud, GatewayKind, LinkKind } from './cloud.js';
import { NETWORK_DEFAULTS, type NetworkAnswers } from './network-traits.js';

/** `T`, where some members may be missing. */
type WithOptional<T, Names extends keyof T> = Omit<T, Names> & { readonly [Name in Names]?: T[Name] | undefined };

/** What a cloud answers of a kind of link: what differs from the defaults below. */
export type LinkAnswers = WithOptional<Omit<LinkKind, 'plans' | 'rules'>, 'settings' | 'groupPerZone'> & {
  readonly plans?: Partial<PlanTraits> | undefined;
  /** Default of `kind` and `provider`: the kind and the cloud that they are written in; of `requestRefusals` and `targetRefusals`: none. */
  readonly rules?: Partial<LinkKindRules> | undefined;
};

/** What a cloud answers of a kind of gateway: what differs from the defaults below. */
export type GatewayAnswers = WithOptional<Omit<GatewayKind, 'rules'>, 'provider' | keyof typeof GATEWAY_DEFAULTS> & {
  /** Default of `madeAnswer`: no answer is known to be the gateway's own. */
  readonly rules: WithOptional<GatewayRules, 'madeAnswer'>;
};

/** The members of a cloud that have a default. */
type WithDefault = keyof typeof CLOUD_DEFAULTS;

/** What a cloud answers about itself. What is missing is its default. */
export type CloudAnswers = WithOptional<Omit<Cloud, 'network' | 'links' | 'gateways'>, WithDefault> & {
  readonly network?: NetworkAnswers | undefined;
  readonly links: Readonly<Record<string, LinkAnswers>>;
  readonly gateways: Readonly<Record<string, GatewayAnswers>>;
};

const PLAN_DEFAULTS: PlanTraits = {
  linksCostMoney: true,
  targetsAreResources: false,
  allowlistNeedsCreation: false,
  allowlistHasPorts: false,
};

const LINK_DEFAULTS = { settings: [], groupPerZone: false };

const GATEWAY_RULE_DEFAULTS = { madeAnswer: () => undefined };

const RULE_DEFAULTS = { requestRefusals: () => [], targetRefusals: () => [] };

const GATEWAY_DEFAULTS = {
  stagesShowInPaths: false,
  authorizers: 'of a kind that the gateway has',
  movesAsOne: false,
  keys: ROUTE_KEY,
  settings: [],
  routesNeedDeployment: false,
};

const CLOUD_DEFAULTS = {
  credentials: { names: undefined, because: '' },
  ids: { kinds: {} },
  reservedTagPrefixes: [],
  linkFaults: () => [],
};

type Answered<T> = { [Name in keyof T]: Exclude<T[Name], undefined> };

/** Without the members that are written as undefined: they do not take the place of a default. */
function answered<T extends object>(own: T): Answered<T> {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Answered<T>;
}

/** A cloud with each member that it did not answer. */
export function withDefaults(answers: CloudAnswers): Cloud {
  const { name } = answers;
  const links = Object.entries(answers.links).map(([kind, own]): [string, LinkKind] => [
    kind,
    {
      ...LINK_DEFAULTS,
      ...answered(own),
      plans: { ...PLAN_DEFAULTS, ...answered(own.plans ?? {}) },
      rules: { ...RULE_DEFAULTS, kind, provider: name, ...answered(own.rules ?? {}) },
    },
  ]);
  const gateways = Object.entries(answers.gateways).map(([kind, own]): [string, GatewayKind] => [
    kind,
    {
      provider: name,
      ...GATEWAY_DEFAULTS,
      ...answered(own),
      rules: { ...GATEWAY_RULE_DEFAULTS, ...answered(own.rules) },
    },
  ]);
  return {
    ...CLOUD_DEFAULTS,
    ...answered(answers),
    network: { ...NETWORK_DEFAULTS, ...answered(answers.network ?? {}) },
    links: Object.fromEntries(links),
    gateways: Object.fromEntries(gateways),
  };
}
