import {
  withRules,
  type Cloud,
  routeLines,
  type FirstParts,
  type FirstSpec,
  type NamedBackend,
  type OpenApiForm,
} from '@postern/core/internal/kinds';
import { cloudNative } from '../cloud-native/door/cloud.js';
import { traditional } from '../traditional/door/cloud.js';
import { linkFaultsBy, ALIBABA_IDS, ALIBABA_KEYS, ALIBABA_TARGETS } from './keys.js';
import { ALIBABA_CREDENTIALS, ALIBABA_REGIONS, ALIBABA_ROLES } from './regions.js';
import { type AlibabaTypes, ALIBABA_TRAITS } from './types.js';

const ALIBABA_BACKEND: NamedBackend = {
  form: 'INSTANCE:PORT',
  refOf: (instance, port) => ({ instance, port }),
};

/**
 * A backend of type `HTTP-VPC` is named by its authorization, which a document cannot declare. Older documents write `HTTP_VPC`.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/import-api-gateway-extensions-based-on-swagger
 */
const OPEN_API: OpenApiForm = {
  integration: 'x-aliyun-apigateway-backend',
  anyMethod: 'x-aliyun-apigateway-any-method',
  leadOf: ({ type }) => (/^HTTPS?[-_]VPC$/i.test(String(type)) ? {} : undefined),
};

/** Complete except for the IDs, with an explanation at each key. */
const ALIBABA_FIRST_SPEC: FirstSpec = {
  startsFrom: 'an instance',
  write: ({
    link = 'apigateway-hz-replaceme',
    gateway = '{ apiGroup: replaceme, stages: [RELEASE] }',
    target = '{ instance: i-replaceme, port: 8080 }',
    routes,
  }: FirstParts) =>
    `# A link carries calls from a gateway into a network (a VPC). On Alibaba Cloud it is an instance of API Gateway: share it.
links:
  main:
    provider: alibaba
    # account: '1111222233334444'   # checked before anything else
    # Adopts an instance that exists: it gets the marks of this spec, and is never deleted.
    id: ${link}
    # Without \`id\`, \`postern apply --allow-purchase\` buys an instance where these are written:
    # subnets: [vsw-replaceme]      # vSwitches in two zones or more; instead of an ID, a name or a tag: { name: private-j }
    # securityGroups: [sg-replaceme]
    # instanceCidr: 172.16.0.0/12   # the block of the instance, which must not overlap what it reaches
    # Blocks that the instance may reach.
    # allowlist: [10.20.0.0/20]
    # protect: true                 # never deleted

# An integration connects routes of a gateway through a link to targets. The gateway itself is never created or deleted.
integrations:
  orders:
    link: main
    gateway: ${gateway}
    # adopt: true                   # takes over routes that exist and match
    targets:
      orders: ${target}   # an ECS instance, or lb-… of an internal CLB, or address: 10.20.1.10
${routeLines(routes, 'GET /orders')}`,
  openApi: OPEN_API,
};

/** Alibaba Cloud as its driver brings it: its checks are loaded where something judges. */
export const cloud: Cloud<AlibabaTypes> = withRules(ALIBABA_TRAITS, {
  regions: ALIBABA_REGIONS,
  credentials: ALIBABA_CREDENTIALS,
  roles: ALIBABA_ROLES,
  targets: ALIBABA_TARGETS,
  ids: ALIBABA_IDS,
  reservedTagPrefixes: ['acs:'],
  linkFaults: linkFaultsBy({ ...traditional.declared, ...cloudNative.declared }),
  keys: ALIBABA_KEYS,
  links: { ...traditional.linkRules, ...cloudNative.linkRules },
  gateways: { ...traditional.gatewayRules, ...cloudNative.gatewayRules },
  // An instance of API Gateway, and regions of mainland China without a number.
  recognizes: /^(?:apigateway-|cn-[a-z]+$)/,
  backend: ALIBABA_BACKEND,
  firstSpec: ALIBABA_FIRST_SPEC,
  loadPermissions: async () => (await import('./permissions.js')).permissions,
  loadChecks: async () => (await import('./checks/index.js')).checks,
});
