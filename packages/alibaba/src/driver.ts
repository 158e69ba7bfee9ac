import type { AbilityName, AdapterTraits, DriverWith } from '@postern/core/internal/adapter';
import { driverOf, checkFactoryOptions, InvalidInputError, SIMULATOR_CREDENTIALS } from '@postern/core/internal/driver';
import { together } from './client/wings.js';
import { cloud } from './cloud/cloud.js';
import type { AlibabaTypes } from './cloud/types.js';
import { cloudNative } from './cloud-native/door/driver.js';
import type { createMethods } from './methods.js';
import { LINK_TIMEOUT_MS, POLL_MS, STALENESS_MS } from './limits.js';
import { traditional } from './traditional/door/driver.js';
import { type AlibabaOptions, ALIBABA_OPTIONS } from './options.js';
import { checkEndpoints, resolveRegion } from './client/endpoint.js';

/** The driver's code. Kept here, because each `import()` asks Node's loader again: many drivers are one for each account and region. */
let loaded: Promise<{ readonly createMethods: typeof createMethods }> | undefined;
const load = () => (loaded ??= import('./methods.js'));

/** The products, each with one line. */
const WINGS = [traditional, cloudNative];

/** What it does beside its must. Routes are published one by one, and links hold their allowlists themselves. */
const ABILITIES = [
  'linkChanges',
  'targetResources',
  'adoption',
  'testCalls',
  'allowlist',
  'blockUses',
  'egress',
  'moves',
  'groupRules',
] as const satisfies readonly AbilityName[];

/** The driver of Alibaba Cloud, with what it has for certain. */
export type AlibabaDriver = DriverWith<(typeof ABILITIES)[number], AlibabaTypes>;

/** What differs on Alibaba Cloud from other clouds, each with the fact behind it. */
const TRAITS: AdapterTraits = {
  stalenessMs: STALENESS_MS,
  pollMs: POLL_MS,
  linkTimeoutMs: LINK_TIMEOUT_MS,
};

/**
 * The driver for API Gateway of Alibaba Cloud in one region: VPC integration instances, conventional dedicated instances
 * and API groups (Traditional); gateways and HTTP APIs (Cloud-native API Gateway). Its code and the SDK are loaded with the first call.
 * Construction makes no call.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`.
 */
export function alibaba(given: AlibabaOptions = {}): AlibabaDriver {
  const { options, region } = resolvedOptions('alibaba', given);
  return driverOf({
    provider: 'alibaba',
    cloud,
    region,
    simulator: given.simulator,
    retirement: WINGS.find(({ retirement }) => retirement !== undefined)?.retirement,
    links: Object.fromEntries(WINGS.flatMap(({ links }) => links.map((kind) => [kind, TRAITS]))),
    gateways: WINGS.flatMap(({ gateways }) => gateways),
    moves: together(WINGS.map(({ moves }) => moves)),
    abilities: ABILITIES,
    open: async () => (await load()).createMethods(options, region),
  });
}

/**
 * Checks the options of a factory, and applies those of a simulator.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`.
 */
export function resolvedOptions(
  factory: string,
  given: AlibabaOptions,
): { readonly options: AlibabaOptions; readonly region: string } {
  checkFactoryOptions(factory, ALIBABA_OPTIONS, given);
  const { simulator } = given;
  const { accessKeyId, secretAccessKey: accessKeySecret } = SIMULATOR_CREDENTIALS;
  const options: AlibabaOptions =
    simulator === undefined ? given : { ...given, endpoint: simulator.url, accessKeyId, accessKeySecret };
  const own = (['api', 'cloudapi'] as const).find((name) => options[name] !== undefined);
  if (options.assumeRole !== undefined && own !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', `${factory}: options.assumeRole: not used together with \`${own}\``, {
      remedy: `Remove assumeRole, and let \`${own}\` sign with the session of the role.`,
    });
  }

  const region = resolveRegion(options.region);
  checkEndpoints(options.endpoint);
  return { options, region };
}
