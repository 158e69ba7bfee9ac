// The assessment of an API group with 1,000 APIs, without reading it: a quarter with parameters in the path, a quarter greedy or ANY,
// a quarter with policies, a quarter fixed; two apps may call each of them. Medians of runs after the first. Then the plan of it.
import { assess, planHandover } from '../packages/alibaba/dist/handover.js';

const APIS = Number(process.argv[2] ?? 1_000);
const TURNS = 15;
const MOST_MS = 300;
const AT = '2026-11-25T08:00:00Z';

const FORMS = [
  (at) => ({ path: `/orders/${at}/[id]` }),
  (at) => (at % 8 < 4 ? { path: `/files/${at}/*` } : { method: 'ANY' }),
  () => ({
    constants: [{ name: 'x-shop', place: 'header' }],
    system: [{ system: 'CaClientIp', name: 'x-ip', place: 'header' }],
  }),
  () => ({}),
];

const ids = Array.from({ length: APIS }, (_, at) => `api-${at}`);

const source = {
  version: 1,
  takenAt: AT,
  provider: 'alibaba',
  region: 'cn-hangzhou',
  account: '1000000000000001',
  group: {
    id: 'g-1',
    name: 'shop',
    basePath: '/',
    subDomainDisabled: true,
    vpcDomains: [],
    passthroughHeaders: [],
    customAppCode: false,
    marketplace: false,
    domains: [
      {
        name: 'api.example.com',
        certificate: { id: '1234567', name: 'example', from: 'managed' },
        redirectsHttp: true,
        ocsp: false,
        mutualTls: false,
        passesClientName: false,
        wildcardPatterns: [],
        webSocket: false,
      },
    ],
    stages: ['RELEASE'],
  },
  instance: {
    id: 'apigateway-hz-1',
    kind: 'vpc-integration',
    spec: 'api.s1.small',
    vpcId: 'vpc-1',
    vSwitchIds: ['vsw-1'],
    vpcEgress: ['10.10.1.0/24'],
    publicEgress: [],
  },
  stages: ['RELEASE'],
  apis: ids.map((id, at) => ({
    id,
    name: `orders_${at}`,
    deployments: [
      {
        stage: 'RELEASE',
        deployedAt: AT,
        method: 'GET',
        path: `/fixed/${at}`,
        protocols: ['HTTPS'],
        mode: 'PASSTHROUGH',
        auth: 'app',
        signatureMethods: [],
        forceNonce: false,
        internetDisabled: false,
        parameters: [],
        mappings: [],
        constants: [],
        system: [],
        backend: { kind: 'vpc', scheme: 'http', accessName: `backend-${at % 50}`, timeoutMs: 10_000 },
        variables: [],
        ...FORMS[at % FORMS.length](at),
      },
    ],
  })),
  accesses: Array.from({ length: 50 }, (_, at) => ({
    name: `backend-${at}`,
    id: `vac-${at}`,
    vpcId: 'vpc-1',
    instanceId: `i-${at}`,
    port: 8080,
    resolved: { is: 'found', address: `10.10.0.${at}`, at: AT, groupIds: ['sg-1'] },
  })),
  namedBackends: [],
  plugins: [],
  throttles: [],
  ipControls: [],
  signatures: [],
  apps: ['1', '2'].map((id) => ({ id, name: `app-${id}`, key: id, disabled: false, secret: 'readable' })),
  authorizations: ids.flatMap((apiId) => ['1', '2'].map((appId) => ({ appId, apiId, stage: 'RELEASE' }))),
  variables: {},
  gaps: [],
};

function medianOf(work) {
  work();
  const times = Array.from({ length: TURNS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(TURNS / 2)];
}

const assessed = medianOf(() => assess(source));
const { items, counts } = assess(source);
const planned = medianOf(() => planHandover(source, { purchase: { vSwitchIds: ['vsw-1'] } }));
console.log(`${APIS} APIs: ${items.length} items, ${JSON.stringify(counts)}`);
console.log(`assess ${assessed.toFixed(0)} ms of ${MOST_MS}: ${assessed <= MOST_MS ? 'holds' : 'MISSED'}`);
console.log(`plan, with its assessment: ${planned.toFixed(0)} ms`);
if (assessed > MOST_MS) process.exitCode = 1;
