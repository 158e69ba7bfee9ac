import type { AbilityName, AdapterTraits, DriverWith, MoveTraits } from '@postern/core/internal/adapter';
import {
  checkFactoryOptions,
  driverOf,
  SIMULATOR_CREDENTIALS,
  InvalidInputError,
  regionFault,
} from '@postern/core/internal/driver';
import { cloud } from './cloud/cloud.js';
import type { AwsTypes } from './cloud/types.js';
import type { createMethods } from './methods.js';
import { LINK_TIMEOUT_MS, POLL_MS, STALENESS_MS, MOVE_TIMEOUT_MS } from './limits.js';
import { together } from './gateways/wings.js';
import { httpApis } from './http-apis/door/driver.js';
import { restApis } from './rest-apis/door/driver.js';
import { AWS_OPTIONS, type AwsOptions } from './options.js';
import { AWS_REGIONS } from './cloud/regions.js';
import { sharedConfig, type Environment } from './client/shared-config.js';

/**
 * Target groups of an action of a listener. A change takes effect within seconds [U]: no time is published. A target is healthy after
 * as many checks as its group says, at most ten of 300 s; and a new one is registered first.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
const LISTENER_SHIFT_TRAITS: MoveTraits = {
  canary: true,
  showsMoving: false,
  pollMs: POLL_MS,
  timeoutMs: MOVE_TIMEOUT_MS,
  shift: {
    readyMs: 600_000,
    ready: 'is attached without a share; each step waits for healthy targets',
    former: 'stays in place without a share',
    promote: 'detaches the former target group',
  },
  takesEffectMs: 10_000,
  verifies: 'the health of its targets',
  calls: {
    capture: ['DescribeListeners', 'DescribeRules', 'DescribeTargetGroups'],
    prepare: ['DescribeListeners', 'DescribeRules', 'ModifyListener', 'ModifyRule'],
    shift: ['DescribeTargetHealth', 'ModifyListener', 'ModifyRule'],
    where: ['DescribeListeners', 'DescribeRules'],
    settle: [],
    verify: ['DescribeTargetHealth'],
  },
};

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

/**
 * The region: the option, `AWS_REGION`, `AWS_DEFAULT_REGION` (which the SDK for JavaScript ignores), or the profile's in the
 * shared credentials and config files.
 * @throws {InvalidInputError} `REGION_MISSING`; `INVALID_INPUT` for what cannot be a region's name.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
 */
export function resolveRegion(
  options: { readonly region?: string | undefined; readonly profile?: string | undefined },
  environment: Environment = process.env,
): string {
  const region =
    options.region ||
    environment['AWS_REGION'] ||
    environment['AWS_DEFAULT_REGION'] ||
    sharedConfig(environment).setting(options.profile || environment['AWS_PROFILE'] || 'default', 'region');
  if (region === undefined || region === '') {
    throw new InvalidInputError('REGION_MISSING', 'no AWS region was given and none could be found', {
      remedy: 'Name it in the spec, pass `region`, set AWS_REGION, or give the profile a region.',
    });
  }

  const fault = regionFault(AWS_REGIONS, region);
  if (fault !== undefined) throw fault;

  return region;
}
