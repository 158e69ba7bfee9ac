import * as z from 'zod';
import { assume } from './assume-schema.js';
import {
  cloudName,
  duration,
  hostName,
  id,
  lookUp,
  name,
  port,
  portSpan,
  region,
  routeKey,
  say,
  specId,
  strict,
  tags,
} from './fields.js';
import { ACCOUNT, GATEWAY_ID } from './patterns.js';

const timeouts = strict({ create: duration.optional(), delete: duration.optional() });

const external = z.literal('external', {
  error: say('the only owner to name is external', 'Write external, or remove the key.'),
});

const ports = z
  .array(z.union([port, portSpan], { error: say('not a valid port or range of ports', 'Write 443 or "8000-8100".') }))
  .min(1)
  .max(60)
  .describe('TCP ports, and ranges such as "8000-8100".');

const allowed = z.union([z.string(), strict({ cidr: z.string(), ports })], {
  error: ({ input }) =>
    typeof input === 'object' && input !== null && !Array.isArray(input)
      ? undefined
      : say('not an entry of an allowlist', 'Write 10.0.0.0/16, or { cidr: 10.0.0.0/16, ports: [443] }.'),
});

const linkFields = {
  region: region.optional().describe('Defaults to defaults.region.'),
  profile: cloudName.optional().describe('A profile of the credentials file.'),
  assumeRole: id.optional().describe('The ARN of a role to assume.'),
  id: lookUp.optional().describe('Adopts the link with this id.'),
  name: cloudName.optional().describe("The link's name on the cloud; its name here by default."),
  movedFrom: name
    .optional()
    .describe('The name that the link had in this spec before: only its marks change. Remove it when it is applied.'),
  network: lookUp.optional(),
  subnets: z.array(lookUp).min(1).max(100).optional(),
  securityGroups: z.array(lookUp).max(100).optional(),
  allowlist: z
    .array(allowed)
    .max(10_000)
    .optional()
    .describe(
      "CIDR blocks that the link may reach, on its targets' ports, or { cidr, ports } for others (AWS). Exact for what is ours.",
    ),
  owner: external.optional().describe('Checked, never created, changed or deleted.'),
  protect: z.boolean().optional().describe('Never deleted.'),
  timeouts: timeouts.optional(),
  tags: tags.optional(),
};

const awsLink = strict({
  provider: z.literal('aws'),
  account: z
    .string()
    .regex(ACCOUNT.aws, {
      error: say('an AWS account is a number of twelve digits', 'Write all twelve digits, in quotes.'),
    })
    .optional()
    .describe('Checked before anything else.'),
  ...linkFields,
});

const alibabaLink = strict({
  provider: z.literal('alibaba'),
  account: z
    .string()
    .regex(ACCOUNT.alibaba, { error: say('an account is a number', 'Put it in quotes.') })
    .optional(),
  ...linkFields,
  instanceCidr: z
    .string()
    .optional()
    .describe(
      "Block of the instance's own side: 192.168.0.0/16 or 172.16.0.0/12; by default the one that meets nothing.",
    ),
  spec: cloudName.optional().describe('The instance type to buy; api.s1.small by default.'),
});

const link = z.discriminatedUnion('provider', [awsLink, alibabaLink], {
  error: ({ input }) => {
    const given =
      typeof input === 'object' && input !== null ? (input as Record<string, unknown>)['provider'] : undefined;
    const message = given === undefined ? '`provider` is required' : `unknown provider ${JSON.stringify(given)}`;
    return say(message, 'Write provider: aws or provider: alibaba.');
  },
});

/** Whether exactly one of the keys is there. */
function exactlyOne(value: object, keys: readonly string[]): boolean {
  return keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined).length === 1;
}

const gatewayKeys = ['httpApi', 'restApi', 'webSocketApi', 'apiGroup'] as const;
const gatewayId = z.string().regex(GATEWAY_ID, {
  error: say('this is no id of a gateway', 'Write its id, such as a1b2c3d4e5.'),
});
const gateway = strict({
  httpApi: gatewayId.optional(),
  restApi: gatewayId.optional(),
  webSocketApi: gatewayId.optional(),
  apiGroup: gatewayId.optional(),
  stages: z
    .array(cloudName)
    .min(1)
    .max(10)
    .optional()
    .describe('Stages of the API group to publish to; RELEASE by default.'),
})
  .refine((value) => exactlyOne(value, gatewayKeys), {
    error: say('a gateway is one of httpApi, restApi, webSocketApi and apiGroup', 'Name exactly one.'),
  })
  .refine((value) => value.stages === undefined || value.apiGroup !== undefined, {
    error: say('stages belong to an apiGroup', 'Remove them.'),
    path: ['stages'],
  });

const targetKeys = ['listener', 'service', 'instance', 'address'] as const;
const target = strict({
  listener: z.union([id, strict({ loadBalancer: id, port })]).optional(),
  service: id.optional().describe('The ARN of a Cloud Map service.'),
  instance: id.optional().describe('The id of an ECS or CLB instance.'),
  address: z.string().optional().describe('A private address in the network of the link.'),
  port: port.optional(),
  tls: strict({ serverName: hostName.optional() }).optional().describe('Its presence means HTTPS.'),
  admits: z
    .array(z.string())
    .max(1000)
    .optional()
    .describe(
      "Blocks that the backend's own allowlist lets in, where no cloud knows it: a host's or an on-premises firewall.",
    ),
  path: z.literal('keep').optional().describe("Leaves the gateway's own path, with the stage's name in it."),
})
  .refine((value) => exactlyOne(value, targetKeys), {
    error: say('a target is one of listener, service, instance and address', 'Name exactly one.'),
  })
  .refine((value) => (value.port !== undefined) === (value.instance !== undefined || value.address !== undefined), {
    error: say('instance and address need a port, listener and service have none here', 'Add the port, or remove it.'),
  });

const integration = strict({
  link: z.union([name, link]).describe('The name of a link, or a link.'),
  gateway,
  targets: z.record(name, target),
  routes: z.record(routeKey, name),
  owner: external.optional(),
  protect: z.boolean().optional(),
});

const NO_DATE = { error: say('this is no date', 'Write it as in 2026-12-31, in quotes.') };

const ignore = strict({
  check: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\/(?:[a-z][a-z0-9-]*|\*)$/, {
      error: say('this cannot be the id of a check', 'Write it as in link/single-zone, or path/* for a whole family.'),
    })
    .describe('The id of a check, or path/* for a whole family.'),
  subject: z.string().min(1).max(2000).optional().describe('What the finding is about; * stands for any text.'),
  reason: z
    .string()
    .min(1, { error: say('a reason is missing', 'Say why this may be ignored.') })
    .max(2000),
  until: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, { ...NO_DATE, abort: true })
    .refine(isDay, NO_DATE)
    .optional()
    .describe('The last day on which it is ignored, in UTC.'),
});

/** Whether there is such a day: `2026-02-30` is none. */
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The spec as people write it. One schema gives the types, the errors and the JSON Schema for editors. */
export const specSchema = strict({
  $schema: z.string().optional().describe('For editors; not read.'),
  version: z.literal(1, { error: say('the version is missing or not known here', 'Write version: 1.') }),
  project: name.describe('Whose resources these are: written on the cloud with each of them.'),
  spec: specId
    .optional()
    .describe(
      'The identity of this spec, unique in the project: orders-7f3k2q. Written on the cloud; never change it. Without it, resources that are no longer declared are kept unless --prune is given.',
    ),
  defaults: strict({ region: region.optional(), tags: tags.optional(), timeouts: timeouts.optional() }).optional(),
  links: z.record(name, link).optional(),
  integrations: z.record(name, integration).optional(),
  assume: assume.optional().describe('Facts that no API gives; a verdict that rests on one says so.'),
  ignore: z.array(ignore).max(1000).optional().describe('Findings to show as suppressed.'),
});

/** What `defineSpec` takes and a file holds. */
export type SpecInput = z.input<typeof specSchema>;
/** The spec after the schema: durations in milliseconds, nothing resolved yet. */
export type CheckedSpec = z.output<typeof specSchema>;
export type CheckedAllow = z.output<typeof allowed>;
export type CheckedLink = z.output<typeof link>;
export type CheckedTarget = z.output<typeof target>;
export type CheckedGateway = z.output<typeof gateway>;
