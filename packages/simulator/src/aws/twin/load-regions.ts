import { defined } from '../../simulation/defined.js';
import type { DiscoveryService, ServiceInstance, Certificate, RegionSnapshot } from '@postern/core/internal/snapshot';
import type { AwsCall } from '../operation/operation.js';
import type { InstanceRow, ServiceRow } from '../cloud-map/state.js';
import type { Lack } from './lack.js';
import { amazonIssued, OPTIONS_BY_DEFAULT } from '../acm/certificates.js';
import type { CertificateRow } from '../acm/state.js';
import { loadDomains, loadLinks } from './api-gateway/load-domains.js';
import { loadApis } from '../http-apis/twin/load-apis.js';
import { loadBalancers } from './load-balancers.js';
import { loadClusters } from './load-clusters.js';
import { loadEndpoints } from './ec2/load-endpoints.js';
import { loadInterfaces } from './ec2/load-interfaces.js';
import { loadLoadBalancerLinks } from './api-gateway/load-load-balancer-links.js';
import { loadNetworkAcls, loadPrefixLists, loadSecurityGroups } from './ec2/load-security-groups.js';
import { loadNetworks, loadPeerings } from './ec2/load-networks.js';
import { loadRestApis } from '../rest-apis/twin/load-rest-apis.js';
import { loadRouteTables } from './ec2/load-route-tables.js';
import { loadTargetGroups } from './load-target-groups.js';
import { loadTransitGateways } from './ec2/load-transit-gateways.js';
import { loadVirtualGateways } from './ec2/load-virtual-gateways.js';
import type { Dispatcher } from '../../simulation/dispatch/dispatcher.js';
import type { Aws } from '../dispatch.js';
import { awsQuotas } from '../operation/quotas.js';
import { isRegion } from '../ec2/subnet/zones.js';
import { emptyRegion, newGlobals } from '../services.js';
import type { AwsState } from '../state/aws-state.js';

/** Cloud Map's services with their instances, in one namespace: services do not name theirs in a portable form. */
function loadServices(call: AwsCall, { services }: RegionSnapshot, lack: Lack): void {
  if (services === undefined) return lack(`the Cloud Map services of ${call.region} were not read`);
  if (services.length === 0) return;

  const { cloudMap } = call.state;
  const namespaceId = call.id('ns-', 16, 'base36');
  cloudMap.namespaces.set(namespaceId, {
    fields: {
      Id: namespaceId,
      Arn: `arn:${call.partition}:servicediscovery:${call.region}:${call.account}:namespace/${namespaceId}`,
      ResourceOwner: call.account,
      Name: 'twin',
      Type: 'HTTP',
      Properties: { DnsProperties: { SOA: { TTL: undefined } }, HttpProperties: { HttpName: 'twin' } },
      CreateDate: new Date(call.now),
      CreatorRequestId: namespaceId,
    },
    vpcId: undefined,
    tags: {},
  });
  for (const service of services) {
    if (service.instances === undefined) lack(`the instances of ${service.id} were not read`);
    const row = serviceRow(call, service, namespaceId);
    cloudMap.services.set(row.fields.Id, row);
    for (const instance of service.instances ?? []) {
      cloudMap.instances.set(`${row.fields.Id}/${instance.id}`, instanceRow(call, row.fields.Id, instance));
    }
  }
}

function serviceRow(call: AwsCall, { id: arn, name, healthCheck }: DiscoveryService, namespaceId: string): ServiceRow {
  const id = arn.split('/').at(-1) ?? arn;
  return {
    fields: {
      Id: id,
      Arn: arn,
      ResourceOwner: call.account,
      Name: name ?? id,
      NamespaceId: namespaceId,
      Type: 'HTTP',
      HealthCheckCustomConfig: healthCheck === 'custom' ? { FailureThreshold: 1 } : undefined,
      HealthCheckConfig: healthCheck === 'native' ? { Type: 'TCP', FailureThreshold: 1 } : undefined,
      CreateDate: new Date(call.now),
      CreatorRequestId: id,
      CreatedByAccount: call.account,
    },
    revision: 1,
    tags: {},
  };
}

function instanceRow(
  call: AwsCall,
  serviceId: string,
  { id, address, ipv6Address, port, attributes: own, healthy }: ServiceInstance,
): InstanceRow {
  const attributes = {
    ...own,
    AWS_INSTANCE_IPV4: address,
    AWS_INSTANCE_IPV6: ipv6Address,
    AWS_INSTANCE_PORT: port === undefined ? undefined : String(port),
  };
  return {
    fields: { Id: id, CreatorRequestId: id, Attributes: defined(attributes), CreatedByAccount: call.account },
    serviceId,
    health: healthy === undefined ? 'UNKNOWN' : healthy ? 'HEALTHY' : 'UNHEALTHY',
  };
}

const STATUSES: readonly CertificateRow['fields']['Status'][] = [
  'EXPIRED',
  'FAILED',
  'INACTIVE',
  'ISSUED',
  'PENDING_VALIDATION',
  'REVOKED',
  'VALIDATION_TIMED_OUT',
];

const TYPES: Readonly<Record<NonNullable<Certificate['issuer']>, CertificateRow['fields']['Type']>> = {
  public: 'AMAZON_ISSUED',
  private: 'PRIVATE',
  imported: 'IMPORTED',
};

/** Certificates with their names and their end; where it was not read who issued one, Amazon did. */
function loadCertificates(call: AwsCall, { certificates }: RegionSnapshot, lack: Lack): void {
  if (certificates === undefined) return lack(`the certificates of ${call.region} were not read`);

  for (const { id, names, notAfter, nativeState, issuer = 'public' } of certificates) {
    const domainName = names.find((name) => !name.startsWith('*')) ?? names[0] ?? '';
    const now = new Date(call.now);
    call.state.acm.certificates.set(id, {
      fields: {
        ...amazonIssued(domainName),
        CertificateArn: id,
        SubjectAlternativeNames: [...names],
        CreatedAt: now,
        KeyAlgorithm: 'RSA_2048',
        Status: STATUSES.find((word) => word === nativeState) ?? 'ISSUED',
        Type: TYPES[issuer],
        Options: OPTIONS_BY_DEFAULT,
        ...(notAfter === undefined
          ? {}
          : {
              IssuedAt: now,
              NotBefore: now,
              NotAfter: new Date(notAfter),
              Serial: (call.id('', 32).match(/../g) ?? []).join(':'),
            }),
      },
      request: { idempotencyToken: undefined, validationMethod: 'DNS', validationDomains: {} },
      tags: {},
    });
  }
}

/**
 * Loads all that a snapshot of a region shows into the region's state, which is empty. A row is loaded after
 * the rows that it needs: networks first, links and APIs last.
 */
function loadRegion(call: AwsCall, region: RegionSnapshot, lack: Lack): void {
  for (const gap of region.gaps) lack(`${gap.what} of ${call.region} could not be read (${gap.operation})`);
  for (const { id, account } of region.networks) {
    if (account !== undefined && account !== region.account)
      lack(`interfaces of others in ${id}, which account ${account} shares, are not seen`);
  }
  loadClusters(call, region, lack);
  loadNetworks(call, region);
  loadSecurityGroups(call, region);
  loadPrefixLists(call, region, lack);
  loadInterfaces(call, region);
  loadNetworkAcls(call, region, lack);
  loadPeerings(call, region, lack);
  loadTransitGateways(call, region, lack);
  const derived = loadVirtualGateways(call, region, lack);
  loadRouteTables(call, region, derived, lack);
  loadBalancers(call, region, lack);
  loadEndpoints(call, region, lack);
  loadTargetGroups(call, region, lack);
  loadCertificates(call, region, lack);
  loadServices(call, region, lack);
  loadLinks(call, region, lack);
  loadLoadBalancerLinks(call, region, lack);
  loadApis(call, region, lack);
  loadRestApis(call, region, lack);
  loadDomains(call, region, lack);
}

/**
 * Replaces an account by what snapshots of its regions show.
 * @returns what the twin lacks
 * @throws {RangeError} for a region or an account that AWS cannot have
 */
export function loadAwsRegions(dispatcher: Dispatcher<Aws>, regions: readonly RegionSnapshot[]): readonly string[] {
  const account = regions[0]?.account ?? '';
  if (!/^\d{12}$/.test(account)) throw new RangeError(`${account} is not an AWS account ID. Write twelve digits.`);

  const aws: AwsState = {
    account,
    regions: new Map(),
    quotas: new Map(dispatcher.quotas),
    sessions: new Map(),
    ...newGlobals(),
  };
  const notes: string[] = [];
  for (const region of regions) {
    if (!isRegion(region.region)) throw new RangeError(`AWS has no region ${region.region}.`);
    if (region.account !== account) {
      notes.push(`${region.region} of account ${region.account} is left out: one account is simulated, ${account}`);
      continue;
    }

    // Quotas are the account's here; those that were set for the simulation, then those of the first region with quotas.
    for (const [key, value] of Object.entries(region.quotas ?? {})) {
      if (awsQuotas.has(key) && !aws.quotas.has(key)) aws.quotas.set(key, value);
    }
    aws.regions.set(region.region, emptyRegion(region.region));
  }
  dispatcher.replace(aws);
  for (const region of regions) {
    if (region.account !== account) continue;

    loadRegion(dispatcher.context(region.region), region, (lack) => notes.push(lack));
  }
  return notes;
}
