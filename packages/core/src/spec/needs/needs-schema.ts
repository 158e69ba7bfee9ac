import { newSpecIdentity } from '../../do/forms/text-rules.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import * as z from 'zod';
import { FEATURES, PROTOCOLS, type Needs } from '../../planner/needs/needs.js';
import { name, oneOf, region, say, strict, optional, required } from '../schema/fields.js';
import { formJsonSchema } from '../schema/json-schema.js';
import { yamlText } from '../generate/yaml-text.js';
import type { Json } from '../../ground/json.js';
import type { OptionAdvice } from '../../planner/advice.js';

const amount = (most: number) => z.number().min(0).max(most);
const count = (most: number) => z.int().min(1).max(most);
const features = z.array(oneOf('feature', FEATURES)).max(20);

/** Accounts of digits, and those of the clouds whose accounts are others. */
function accountOn(clouds: Clouds) {
  const digits = /^\d{6,20}$/;
  const others = clouds.all.flatMap(({ network: { account } }) => (digits.test(account.example) ? [] : [account.form]));
  const form = others.length === 0 ? digits : new RegExp([digits, ...others].map(({ source }) => source).join('|'));
  return z.string().regex(form, { error: say('not a valid account ID', 'Write all digits, in quotes.') });
}

const serviceOn = (clouds: Clouds) =>
  strict({
    name: required(name, 'The name of the service: part of paths, and of names of load balancers.', {
      examples: ['orders'],
    }),
    requestsPerSecond: optional(amount(10_000_000), 'Requests per second, on average over a month.', {
      examples: [50],
      absent: 'the price of calls is not computed',
    }),
    peakRequestsPerSecond: optional(amount(10_000_000), 'Requests per second at the busiest time.', {
      examples: [200],
      absent: 'the average is compared with quotas',
    }),
    payloadKb: optional(amount(1_048_576), 'Request and answer together, on average, in KB of 1,024 bytes.', {
      examples: [8],
      absent: 'the price of calls is not computed',
    }),
    largestKb: optional(amount(1_048_576), 'The largest single request or answer, in KB of 1,024 bytes.', {
      examples: [512],
      absent: 'whether it is within the limit is unknown where `payloadKb` is over it',
    }),
    protocol: optional(oneOf('protocol', PROTOCOLS), 'What callers speak.', {
      examples: ['https'],
      absent: '`http`',
    }),
    team: optional(name, 'The team that deploys it. Teams deploy independently.', {
      examples: ['shop'],
      absent: 'one team deploys all services without a team',
    }),
    features: optional(features, 'What the service needs of the gateway.', {
      examples: [['usage-plans']],
      absent: 'only `features` of all services',
    }),
    targets: optional(count(1_000), 'Targets of the service in one zone.', { examples: [3], absent: '2' }),
    vpc: optional(name, 'The VPC of its targets, by any name. A VPC link V2 serves one VPC.', {
      examples: ['shop'],
      absent: 'the same VPC as that of all services that name none',
    }),
    account: optional(accountOn(clouds), 'The account of its targets: one of `accounts`.', {
      examples: ['444455556666'],
      absent: 'the first of `accounts`; where no service names one and there are several, another account',
    }),
  });

/** Needs as users write them, on the clouds of a set. One schema provides the errors and the JSON Schema for editors. */
export function needsSchema(set: Clouds) {
  return set.derived(schemaOn);
}

const schemaOn = (clouds: Clouds) =>
  strict({
    $schema: optional(z.string(), 'The JSON Schema, for editors. Postern does not read it.', {
      examples: ['./node_modules/@postern/core/schema/needs.json'],
      absent: 'editors do not complete keys',
    }),
    version: optional(
      z.literal(1, { error: say('the version is not the number 1', 'Write version: 1.') }),
      'The version of the format, as in a spec.',
      { examples: [1], absent: '1' },
    ),
    provider: required(
      oneOf(
        'provider',
        clouds.all.map(({ name }) => name),
        (given) => ` ${clouds.howToAdd(given)}`,
      ),
      'The cloud.',
      { examples: clouds.all.slice(0, 1).map(({ name }) => name) },
    ),
    region: required(region, 'The region.', { examples: ['eu-west-1'] }),
    services: required(z.array(serviceOn(clouds)).min(1).max(10_000), 'The services behind the gateway.', {
      examples: [[{ name: 'orders', requestsPerSecond: 50, payloadKb: 8 }]],
    }),
    gateways: optional(count(10_000), 'How many APIs there may be at most.', {
      examples: [2],
      absent: 'as many as are needed',
    }),
    accounts: optional(
      z.array(accountOn(clouds)).min(1).max(100),
      'The account of the gateway first, then those of backends.',
      { examples: [['111122223333', '444455556666']], absent: 'all is in one account' },
    ),
    latencyMs: optional(
      z.number().min(1).max(900_000),
      'The longest that an answer may take, in milliseconds. Options with fewer hops are then ranked before cheaper ones.',
      { examples: [2_000], absent: 'cost is compared before hops' },
    ),
    features: optional(features, 'What all services need of the gateway.', {
      examples: [['authorizers']],
      absent: 'nothing',
    }),
    budgetUsd: optional(amount(100_000_000), 'The most that a month may cost at list prices, in US dollars.', {
      examples: [2_000],
      absent: 'no limit',
    }),
  });

/** The JSON Schema of needs (draft 7). The published copy is `@postern/core/schema/needs.json`. */
export function needsJsonSchema({ clouds }: { readonly clouds: Clouds }): Record<string, unknown> {
  return formJsonSchema('Postern needs', needsSchema(clouds));
}

/** Needs to start from, as YAML. */
export function exampleNeedsYaml(example: Needs): string {
  return `# What services need. \`postern advise\` compares the options.\n${yamlText(example)}`;
}

/**
 * The spec of an option, as YAML; undefined where it has none. `identity`: that of the spec, by which it owns what it
 * creates; by default a new one.
 */
export function optionSpecYaml(
  { title, spec, notInSpec = [] }: Pick<OptionAdvice, 'title' | 'spec'> & Partial<Pick<OptionAdvice, 'notInSpec'>>,
  identity?: string,
): string | undefined {
  if (spec === null || typeof spec !== 'object' || Array.isArray(spec)) return undefined;

  const { version, project, ...rest } = spec as Readonly<Record<string, Json>>;
  const whole = { version, project, spec: identity ?? newSpecIdentity(String(project)), ...rest };
  const unset = notInSpec.length === 0 ? '' : `# Set on the API, and not by this spec: ${notInSpec.join(', ')}.\n`;
  const head = `# ${title}. Replace the names of subnets and load balancers with yours, and set the variables.\n`;
  return head + unset + yamlText(whole);
}
