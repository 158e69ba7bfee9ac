import type { AbilityName, AdapterTraits, DriverWith } from '@postern/core/internal/adapter';
import { checkFactoryOptions, driverOf, SIMULATOR_CREDENTIALS } from '@postern/core/internal/driver';
import { cloud } from './cloud/cloud.js';
import type { AwsTypes } from './cloud/types.js';
import { resolveRegion } from './client/region.js';
import type { createMethods } from './methods.js';
import { LINK_TIMEOUT_MS, POLL_MS, STALENESS_MS } from './limits.js';
import { together } from './gateways/wings.js';
import { httpApis } from './http-apis/door/driver.js';
import { LISTENER_SHIFT_TRAITS } from './load-balancing/shift-traits.js';
import { restApis } from './rest-apis/door/driver.js';
import { AWS_OPTIONS, type AwsOptions } from './options.js';

/** The driver's code. Kept here, because each `import()` asks Node's loader again: many drivers are one for each account and region. */
let loaded: Promise<{ readonly createMethods: typeof createMethods }> | undefined;
const load = () => (loaded ??= import('./methods.js'));

/** The products, each with one line. */
const WINGS = [httpApis, restApis];

/** What it does beside its must. Targets are not created on AWS, and nothing lists the resources inside a block. */
const ABILITIES = [
  'linkChanges',
  'adoption',
  'stages',
  'stageSettings',
  'listing',
  'sweeping',
  'testCalls',
  'allowlist',
  'allowlistGroups',
  'egress',
  'moves',
  'groupRules',
  'quotas',
] as const satisfies readonly AbilityName[];

/** The driver of AWS, with what it has for certain. */
export type AwsDriver = DriverWith<(typeof ABILITIES)[number], AwsTypes>;

/** What differs on AWS from other clouds, each with the fact behind it. */
const TRAITS: AdapterTraits = {
  stalenessMs: STALENESS_MS,
  pollMs: POLL_MS,
  linkTimeoutMs: LINK_TIMEOUT_MS,
};

/**
 * The driver for API Gateway's VPC links, HTTP, WebSocket and REST APIs in one region. Its code is loaded
 * with the first call, each SDK package with the first call that needs it. Construction makes no call.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`.
 */
export function aws(given: AwsOptions = {}): AwsDriver {
  checkFactoryOptions('aws', AWS_OPTIONS, given);
  const { simulator } = given;
  const options: AwsOptions =
    simulator === undefined ? given : { ...given, endpoint: simulator.url, credentials: SIMULATOR_CREDENTIALS };
  const region = resolveRegion(options);
  return driverOf({
    provider: 'aws',
    cloud,
    region,
    simulator,
    links: { 'vpc-link-v2': TRAITS, 'vpc-link-v1': TRAITS },
    gateways: WINGS.flatMap(({ gateways }) => gateways),
    moves: { ...together(WINGS.map(({ moves }) => moves)), listener: LISTENER_SHIFT_TRAITS },
    abilities: ABILITIES,
    open: async () => (await load()).createMethods(options, region),
  });
}
