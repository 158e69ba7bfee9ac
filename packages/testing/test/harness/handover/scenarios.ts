import type { Simulation } from '@postern/simulator';
import type { HandoverScenario } from '../../../src/internal/harness.js';
import type { Api, Classic } from './classic.js';
import { handover, type Row } from './scenario.js';
import { KEY, TOKEN } from './token.js';

const ORDER: Api = { key: 'GET /orders/[id]', backend: 'server', to: '/v2/orders/[id]', apps: ['webshop'] };
const CARTS: Api = { key: 'GET /carts', backend: 'server', to: '/carts/all' };
const PING: Api = { key: 'GET /ping', backend: 'mock' };

/** Attaches a plug-in to an API on RELEASE. */
export const plugin = ({ call, groupId }: Classic, ApiId: string | undefined, type: string, data: object): void => {
  const { PluginId } = call('CloudAPI', 'CreatePlugin', {
    PluginName: `${type}_of_${String(ApiId).slice(-6)}`,
    PluginType: type,
    PluginData: JSON.stringify(data),
  });
  call('CloudAPI', 'AttachPlugin', { PluginId, GroupId: groupId, ApiId, StageName: 'RELEASE' });
};

/** Public backends are called by a NAT gateway of the VPC, from both vSwitches. */
async function natGateway({ call, networkId, subnetIds }: Classic, simulation: Simulation): Promise<void> {
  const nat = call('Vpc', 'CreateNatGateway', { VpcId: networkId, VSwitchId: subnetIds[0], NetworkType: 'internet' });
  await simulation.advance(120_000);
  const { AllocationId, EipAddress } = call('Vpc', 'AllocateEipAddress', {});
  call('Vpc', 'AssociateEipAddress', { AllocationId, InstanceId: nat.NatGatewayId });
  const [SnatTableId] = nat.SnatTableIds.SnatTableId;
  for (const SourceVSwitchId of subnetIds)
    call('Vpc', 'CreateSnatEntry', { SnatTableId, SnatIp: EipAddress, SourceVSwitchId });
}

const ROWS: readonly Row[] = [
  { what: 'one domain by weights', apis: [ORDER, CARTS, PING] },
  { what: 'an A record in one step', apis: [CARTS, PING], dns: 'a' },
  { what: 'foreign DNS', apis: [ORDER, CARTS], dns: 'foreign' },
  {
    what: 'several domains',
    apis: [CARTS, PING],
    domains: [{ name: 'api.example.com' }, { name: 'shop.example.com' }, { name: 'old.example.com' }],
  },
  {
    what: 'plug-ins that have a counterpart',
    apis: [CARTS, PING],
    headers: { origin: 'https://shop.example.com' },
    before: (classic, ids) => {
      const id = ids['GET /carts'];
      plugin(classic, id, 'cors', { allowOrigins: 'https://shop.example.com', maxAge: 600 });
      plugin(classic, id, 'ipControl', { type: 'ALLOW', items: [{ blocks: ['0.0.0.0/0'] }] });
      plugin(classic, id, 'trafficControl', { unit: 'MINUTE', apiDefault: 60_000 });
    },
  },
  {
    what: 'apps that sign',
    apis: [
      { ...ORDER, apps: ['webshop', 'partner'] },
      { key: 'POST /orders', backend: 'server', apps: ['webshop'] },
      { key: 'GET /stock', backend: 'server', apps: ['partner', 'mobile'], more: CONSTANT() },
    ],
  },
  {
    what: 'callers with a token',
    apis: [CARTS, { key: 'GET /account', backend: 'server' }],
    headers: { 'x-token': TOKEN },
    before: (classic, ids) =>
      plugin(classic, ids['GET /account'], 'jwtAuth', { parameter: 'X-Token', parameterLocation: 'header', jwk: KEY }),
    secrets: [KEY.k],
    accept: ['GET /account'],
  },
  { what: 'a backend behind a load balancer', apis: [{ key: 'GET /stock', backend: 'balancer' }, ORDER] },
  {
    what: 'a public backend by NAT',
    apis: [{ key: 'GET /partner', backend: 'public' }, CARTS],
    before: (classic, _ids, simulation) => natGateway(classic, simulation),
  },
  {
    what: 'greedy paths and ANY',
    apis: [
      { key: 'ANY /files/*', backend: 'server' },
      { key: 'GET /files/[id]/info', backend: 'server' },
      { key: 'ANY /any', backend: 'server', to: '/all' },
    ],
  },
  {
    what: 'a group with two stages',
    apis: [
      { ...ORDER, stages: ['RELEASE', 'TEST'] },
      { ...CARTS, stages: ['RELEASE', 'TEST'] },
    ],
    stages: ['RELEASE', 'TEST'],
    domains: [{ name: 'api.example.com' }, { name: 'test.example.com', stage: 'TEST' }],
    waived: ['domain/bound-stage'],
  },
  {
    what: 'what is waived',
    apis: [CARTS, { key: 'GET /cached', backend: 'server' }],
    before: (classic, ids) => plugin(classic, ids['GET /cached'], 'caching', { varyByApp: false, duration: 60 }),
    waived: ['plugin/caching'],
  },
  {
    what: 'a domain with a certificate',
    apis: [ORDER, PING],
    domains: [{ name: 'api.orders.internal' }],
    isHttps: true,
    waived: ['domain/certificate'],
  },
  { what: 'a gateway that is bought', apis: [ORDER, PING], isBought: true },
];

/** A constant header, whose value may be a secret. */
function CONSTANT(): object {
  return {
    ConstantParameters: JSON.stringify([
      { ServiceParameterName: 'x-tenant', ConstantValue: 'canary-of-a-constant', Location: 'HEAD' },
    ]),
  };
}

/** Hand-overs, by name. */
export const HANDOVERS: readonly HandoverScenario[] = ROWS.map(handover);

/** One of them with changes by hand. */
export function edited(what: string, edits: NonNullable<Row['edits']>): HandoverScenario {
  const row = ROWS.find((one) => one.what === what);
  if (row === undefined) throw new Error(`there is no hand-over "${what}"`);
  return handover({ ...row, edits });
}
