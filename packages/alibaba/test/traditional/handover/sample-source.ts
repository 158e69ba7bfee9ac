import type {
  HandoverSource,
  SourceAccess,
  SourceApi,
  SourceBackend,
  SourceDeployment,
  SourceDomain,
  SourceGroup,
} from '../../../src/traditional/handover/internal.js';

export const TAKEN_AT = '2026-11-25T08:00:00Z';

/** A backend behind an authorization. */
export const backend = (more: Partial<SourceBackend> = {}): SourceBackend => ({
  kind: 'vpc',
  scheme: 'http',
  accessName: 'orders-vpc',
  timeoutMs: 10_000,
  ...more,
});

/** What is published of an API; all of it maps exactly. */
export const deployment = (more: Partial<SourceDeployment> = {}): SourceDeployment => ({
  stage: 'RELEASE',
  deployedAt: '2026-06-01T08:00:00Z',
  method: 'GET',
  path: '/orders',
  protocols: ['HTTPS'],
  mode: 'PASSTHROUGH',
  auth: 'app',
  signatureMethods: ['HmacSHA256'],
  forceNonce: false,
  internetDisabled: false,
  parameters: [],
  mappings: [],
  constants: [],
  system: [],
  backend: backend(),
  variables: [],
  ...more,
});

export const api = (
  more: Partial<SourceApi> & { readonly on?: Partial<SourceDeployment> | undefined } = {},
): SourceApi => {
  const { on, ...own } = more;
  return {
    id: 'api-orders',
    name: 'orders',
    draftModifiedAt: '2026-05-01T08:00:00Z',
    products: [],
    deployments: [deployment(on)],
    ...own,
  };
};

export const domain = (more: Partial<SourceDomain> = {}): SourceDomain => ({
  name: 'api.example.com',
  certificate: { id: '1234567', name: 'example', from: 'managed', validUntil: '2027-11-01T00:00:00Z' },
  redirectsHttp: true,
  ocsp: false,
  mutualTls: false,
  passesClientName: false,
  wildcardPatterns: [],
  webSocket: false,
  byCname: true,
  ...more,
});

export const access = (more: Partial<SourceAccess> = {}): SourceAccess => ({
  name: 'orders-vpc',
  id: 'vac-1',
  vpcId: 'vpc-1',
  instanceId: 'i-1',
  port: 8080,
  resolved: { is: 'found', address: '10.10.0.7', at: TAKEN_AT, groupIds: ['sg-backend'] },
  ...more,
});

export const group = (more: Partial<SourceGroup> = {}): SourceGroup => ({
  id: 'g-1',
  name: 'shop',
  modifiedAt: '2026-05-01T08:00:00Z',
  basePath: '/',
  subDomain: 'g-1-cn-hangzhou.alicloudapi.com',
  subDomainDisabled: true,
  vpcDomains: [],
  httpsPolicy: 'HTTPS2_TLS1_2',
  passthroughHeaders: [],
  customAppCode: false,
  marketplace: false,
  domains: [domain()],
  stages: ['RELEASE', 'PRE', 'TEST'],
  ...more,
});

/** A group of which every API maps exactly. */
export const source = (more: Partial<HandoverSource> = {}): HandoverSource => ({
  version: 1,
  takenAt: TAKEN_AT,
  provider: 'alibaba',
  region: 'cn-hangzhou',
  account: '1000000000000001',
  group: group(),
  instance: {
    id: 'apigateway-hz-1',
    kind: 'vpc-integration',
    spec: 'api.s1.small',
    vpcId: 'vpc-1',
    vSwitchIds: ['vsw-1', 'vsw-2'],
    vpcEgress: ['10.10.1.0/24', '10.10.2.0/24'],
    publicEgress: ['198.51.100.7'],
  },
  stages: ['RELEASE'],
  apis: [api()],
  accesses: [access()],
  namedBackends: [],
  plugins: [],
  throttles: [],
  ipControls: [],
  signatures: [],
  apps: [{ id: '1001', name: 'webshop', key: '204000001', disabled: false, secret: 'readable' }],
  authorizations: [{ appId: '1001', apiId: 'api-orders', stage: 'RELEASE' }],
  variables: {},
  gaps: [],
  ...more,
});
