import {
  withRules,
  type Cloud,
  routeLines,
  type FirstParts,
  type FirstSpec,
  type NamedBackend,
  type OpenApiForm,
} from '@postern/core/internal/kinds';
import { httpApis } from '../http-apis/door/cloud.js';
import { restApis } from '../rest-apis/door/cloud.js';
import { vpcLinks } from '../vpc-links/door/cloud.js';
import { balancerAnswer } from './gateway-rules.js';
import { linkFaults } from './declared.js';
import { AWS_IDS, AWS_KEYS, AWS_TARGETS } from './keys.js';
import { AWS_CREDENTIALS, AWS_REGIONS, AWS_ROLES } from './regions.js';
import { AWS_TRAITS } from './traits.js';
import type { AwsTypes } from './types.js';

const AWS_BACKEND: NamedBackend = {
  form: 'LOAD-BALANCER:PORT',
  byName: true,
  refOf: (loadBalancer, port) => ({ listener: { loadBalancer, port } }),
};

const LISTENER = `
        listener: { loadBalancer: orders-alb, port: 443 }   # or the listener's ARN, or service: a Cloud Map service's ARN`;

function subnetsOrId(subnets: readonly string[], link: string | undefined): string {
  if (link !== undefined) return `    id: ${link}`;

  return `    # Two zones or more. Instead of an ID, a name or a tag: { name: private-a }, { tag: { tier: private } }
    subnets: [${subnets.join(', ')}]`;
}

/**
 * Values with stage variables or placeholders of templates name nothing. The target of an HTTP API is its `uri`, the ARN of a listener.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
const OPEN_API: OpenApiForm = {
  integration: 'x-amazon-apigateway-integration',
  anyMethod: 'x-amazon-apigateway-any-method',
  leadOf: ({ connectionType, connectionId, uri }) => {
    if (String(connectionType).toUpperCase() !== 'VPC_LINK') return undefined;

    const isListener =
      typeof uri === 'string' && /^arn:[\w-]+:elasticloadbalancing:[\w:/-]+:listener\/[\w/-]+$/.test(uri);
    return {
      link: typeof connectionId === 'string' && /^\w+$/.test(connectionId) ? connectionId : undefined,
      target: isListener ? `{ listener: '${uri}' }` : undefined,
    };
  },
};

/** Complete except for the IDs, with an explanation at each key. */
const AWS_FIRST_SPEC: FirstSpec = {
  write: ({
    subnets = ['subnet-replace-me'],
    allowlist,
    link,
    gateway = '{ httpApi: replaceme }',
    target,
    routes,
  }: FirstParts) =>
    `# A link carries calls from a gateway into a network (a VPC). Links take minutes to create and quotas are small: share them.
links:
  main:
    provider: aws
    # account: '111122223333'     # checked before anything else; \`profile\` or \`assumeRole\` may be added
${subnetsOrId(subnets, link)}
    # securityGroups: [sg-replace-me]
    # Blocks that the link may reach. With this list the link gets a security group of its own, and the list is exact.
    ${allowlist === undefined ? '# allowlist: [10.20.0.0/20]' : `allowlist: [${allowlist.join(', ')}]   # the subnets of the load balancer`}
${link === undefined ? '    # id: a1b2c3                  # instead of subnets: adopts a link that exists\n' : ''}    # protect: true               # never deleted

# An integration connects routes of a gateway through a link to targets. The gateway itself is never created or deleted.
integrations:
  orders:
    link: main
    gateway: ${gateway}
    targets:
      orders:${target === undefined ? LISTENER : ` ${target}`}
        # tls: { serverName: orders.internal }              # its presence means HTTPS
${routeLines(routes, 'ANY /orders/{proxy+}')}`,
  openApi: OPEN_API,
};

/** AWS as its driver brings it: its checks are loaded where something judges. */
export const cloud: Cloud<AwsTypes> = withRules(AWS_TRAITS, {
  regions: AWS_REGIONS,
  credentials: AWS_CREDENTIALS,
  roles: AWS_ROLES,
  targets: AWS_TARGETS,
  ids: AWS_IDS,
  // https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
  reservedTagPrefixes: ['aws:'],
  linkFaults,
  keys: AWS_KEYS,
  links: vpcLinks.rules,
  gateways: { ...httpApis.rules, ...restApis.rules },
  balancerAnswer,
  backend: AWS_BACKEND,
  firstSpec: AWS_FIRST_SPEC,
  loadPermissions: async () => (await import('./permissions.js')).permissions,
  loadChecks: async () => (await import('./checks/index.js')).checks,
});
