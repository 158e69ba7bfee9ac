import type { Simulation } from '@postern/simulator';
import { expect, it } from 'vitest';
import { replayed } from '../../../src/harness/scenario.js';
import { prepare, type Prepared } from '../../../src/internal/harness.js';
import { trial } from '../../../src/harness/trial/trial.js';
import { sample } from '../../../../core/test/runs.js';
import { onTime } from '../on-time.js';
import { REGION } from './classic.js';
import { edited } from './scenarios.js';

type Row = Readonly<Record<string, any>>;

const api =
  (product: 'APIG' | 'Alidns' | 'CloudAPI' | 'Vpc') =>
  (simulation: Simulation, action: string, input: Row = {}): Row =>
    simulation.callAlibaba({ product, action, region: REGION }, { ...input }) as Row;
const [apig, alidns, cloudapi, vpc] = [api('APIG'), api('Alidns'), api('CloudAPI'), api('Vpc')];

/** All records lead to the target at once. */
function switchDns(simulation: Simulation): void {
  const [gateway] = apig(simulation, 'ListGateways')['items'];
  const [{ name: Value }] = gateway.subDomainInfos;
  const { Record } = alidns(simulation, 'DescribeDomainRecords', { DomainName: 'example.com' })['DomainRecords'];
  for (const { RecordId, RR } of Record)
    alidns(simulation, 'UpdateDomainRecord', { RecordId, RR, Type: 'CNAME', Value, TTL: 60 });
}

/** The backends do not admit the gateway any more. */
function removeRules(simulation: Simulation): void {
  const [{ gatewayId }] = apig(simulation, 'ListGateways')['items'];
  for (const { securityGroupRuleId } of apig(simulation, 'ListGatewayAuthorizedSecurityGroupRules', { gatewayId })[
    'items'
  ])
    apig(simulation, 'DeleteGatewaySecurityGroupRule', { gatewayId, securityGroupRuleId, cascadingDelete: true });
}

/** All APIs are taken off RELEASE. */
function takeOffline(simulation: Simulation): void {
  const { DeployedApis } = cloudapi(simulation, 'DescribeDeployedApis', { PageSize: 50, PageNumber: 1 });
  for (const { GroupId, ApiId, StageName } of DeployedApis.DeployedApiItem)
    cloudapi(simulation, 'AbolishApi', { GroupId, ApiId, StageName });
}

/** The domain of the target has the certificate of another name. */
function mixUpCertificates(simulation: Simulation): void {
  const certIdentifier = simulation.plant(REGION, { kind: 'certificate', names: 'other.example.com' });
  for (const { domainId, protocol } of apig(simulation, 'ListDomains')['items'])
    apig(simulation, 'UpdateDomain', { domainId, protocol, certIdentifier });
}

/** The VPC of the gateway has no way to the Internet. */
function removeNat(simulation: Simulation): void {
  const [{ SnatTableIds }] = vpc(simulation, 'DescribeNatGateways')['NatGateways'].NatGateway;
  const [SnatTableId] = SnatTableIds.SnatTableId;
  for (const { SnatEntryId } of vpc(simulation, 'DescribeSnatTableEntries', { SnatTableId })['SnatTableEntries']
    .SnatTableEntry)
    vpc(simulation, 'DeleteSnatEntry', { SnatTableId, SnatEntryId });
}

type Moment = (prepared: Prepared) => number;

/** The first call of an operation in a trial without events, or a later one. */
const call =
  (operation: string, count = 1): Moment =>
  ({ base: { deeds } }) =>
    deeds.flatMap((deed, moment) => (deed.is === 'call' && deed.operation === operation ? [moment] : []))[count - 1] ??
    -1;

const FIRST_WRITE = call('AddDomainRecord');

/** The call after the former record was disabled, as the third status that the switch sets: callers still know the classic group. */
const SWITCHED: Moment = (prepared) => {
  const third = call('SetDomainRecordStatus', 3)(prepared);
  return prepared.base.deeds.findIndex(({ is }, moment) => moment > third && is === 'call');
};

/** What the order of a hand-over prevents: the same trials without the change lose nothing, as `prepare` makes sure. */
const CONTROLS: readonly (readonly [string, string, (simulation: Simulation) => void, Moment])[] = [
  [
    'DNS leads to the target before its routes are published',
    'one domain by weights',
    switchDns,
    call('DeployHttpApi'),
  ],
  [
    'DNS leads to the target before consumers are authorized',
    'one domain by weights',
    switchDns,
    call('CreateConsumerAuthorizationRules'),
  ],
  ['the backends do not admit the gateway', 'one domain by weights', removeRules, FIRST_WRITE],
  ['the old group is offline before the drain', 'one domain by weights', takeOffline, SWITCHED],
  ['the domain of the target has another certificate', 'a domain with a certificate', mixUpCertificates, FIRST_WRITE],
  ['nobody made a NAT gateway for public backends', 'a public backend by NAT', removeNat, FIRST_WRITE],
];

it.each(sample(CONTROLS, 3))('calls are lost where %s', async (_, what, make, momentOf) => {
  const prepared = await prepare(onTime(edited(what, { change: { make } })));
  const moment = momentOf(prepared);
  // Edits happen at calls alone.
  expect(prepared.base.deeds[moment]?.is).toBe('call');
  const { violation } = await trial(prepared, replayed([{ moment, kind: 'edit:change' }]));
  expect(violation?.invariant).toMatch(/^(?:no-lost-call|one-path)$/);
});
