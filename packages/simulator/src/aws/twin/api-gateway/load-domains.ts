import { defined } from '../../../simulation/defined.js';
import type { CustomDomain, Link, RegionSnapshot } from '@postern/core/internal/snapshot';
import type { DomainName } from '@aws-sdk/client-api-gateway';
import { DELETION_MS, IDLE_MS, PROVISIONING_MS, startProvisioning } from '../../http-apis/control/vpc-link.js';
import type { AwsCall } from '../../operation/operation.js';
import type { VpcLinkRow } from '../../http-apis/control/state.js';
import type { Lack } from '../lack.js';
import { NO_BASE_PATH } from '../../rest-apis/control/domain/mapping-rules.js';
import { addressOf } from '../../rest-apis/control/domain/domain.js';
import type { DomainNameRow, MappingRow } from '../../rest-apis/control/state.js';

/** V2 links in the states that they were in, and on their way as they were. */
export function loadLinks(call: AwsCall, { links }: RegionSnapshot, lack: Lack): void {
  for (const link of links) {
    if (link.kind === 'vpc-link-v1') continue;
    if (link.kind !== 'vpc-link-v2') {
      lack(`${link.id} is a link of a kind that is not simulated`);
      continue;
    }

    const row = linkRow(call, link);
    call.state.apiGateway.vpcLinks.set(link.id, row);
    goOn(call, row);
  }
}

function linkRow(call: AwsCall, link: Link): VpcLinkRow {
  const { id, subnetIds, networkId } = link;
  const { subnets, interfaces } = call.state.ec2;
  return {
    fields: {
      VpcLinkId: id,
      Name: link.name,
      SubnetIds: [...subnetIds],
      SecurityGroupIds: [...link.securityGroupIds],
      CreatedDate: link.createdAt === undefined ? new Date(call.now) : new Date(link.createdAt),
      VpcLinkStatus: link.nativeState as NonNullable<VpcLinkRow['fields']['VpcLinkStatus']>,
      ...defined({ VpcLinkStatusMessage: link.reason }),
      VpcLinkVersion: 'V2',
      Tags: { ...link.tags },
    },
    vpcId: networkId ?? subnets.get(subnetIds[0] ?? '')?.vpcId ?? '',
    interfaceIds: [...interfaces.values()].filter(({ tags }) => tags['VpcLinkId'] === id).map((row) => row.id),
    lastUsedAt: call.now,
  };
}

function goOn(call: AwsCall, { fields, interfaceIds }: VpcLinkRow): void {
  const { VpcLinkId: id, VpcLinkStatus: status } = fields;
  if (status === 'DELETING') call.after(DELETION_MS, 'vpc-link.gone', { id });
  if (status === 'AVAILABLE') call.after(IDLE_MS, 'vpc-link.idle', { id });
  if (status !== 'PENDING') return;

  if (interfaceIds.length === 0) startProvisioning(call, id);
  else call.after(PROVISIONING_MS, 'vpc-link.available', { id });
}

/** Custom domain names with their mappings, which may name an API or a stage that does not exist. */
export function loadDomains(call: AwsCall, { customDomains, gateways, region }: RegionSnapshot, lack: Lack): void {
  if (customDomains === undefined && gateways.length > 0) lack(`the custom domain names of ${region} were not read`);
  for (const domain of customDomains ?? []) {
    call.state.restApi.domainNames.set(domain.id, {
      fields: fieldsOf(call, domain),
      mappings: mappingsOf(call, domain),
    });
    if (domain.mappings === undefined) lack(`the mappings of ${domain.id} were not read`);
    if (domain.hasRules === true) lack(`the routing rules of ${domain.id} are not in a snapshot`);
    if (domain.mutualTls === true) lack(`the truststore of ${domain.id} is not in a snapshot`);
  }
}

function fieldsOf(call: AwsCall, domain: CustomDomain): DomainNameRow['fields'] {
  const { id, endpoint, certificateIds: [certificate] = [], nativeState, tlsPolicy, mutualTls, hasRules } = domain;
  const type = endpoint === 'edge' ? ('EDGE' as const) : ('REGIONAL' as const);
  return {
    domainName: id,
    ...addressOf(call, type, id),
    endpointConfiguration: { types: [type], ipAddressType: 'ipv4' },
    domainNameStatus: (nativeState ?? 'AVAILABLE') as NonNullable<DomainName['domainNameStatus']>,
    securityPolicy: (tlsPolicy ?? 'TLS_1_2') as NonNullable<DomainName['securityPolicy']>,
    routingMode: hasRules === true ? 'ROUTING_RULE_THEN_BASE_PATH_MAPPING' : 'BASE_PATH_MAPPING_ONLY',
    ...(certificate === undefined
      ? {}
      : type === 'EDGE'
        ? { certificateArn: certificate }
        : { regionalCertificateArn: certificate }),
    ...(mutualTls === true ? { mutualTlsAuthentication: { truststoreUri: 's3://not-read/truststore.pem' } } : {}),
    tags: {},
  };
}

function mappingsOf(call: AwsCall, { mappings = [] }: CustomDomain): Map<string, MappingRow> {
  return new Map(
    mappings.map(({ mappingId: id = call.id('', 6, 'base36'), path, gatewayId: apiId, stage }) => {
      const basePath = path === '' ? NO_BASE_PATH : path;
      return [basePath, { id, basePath, apiId, ...defined({ stage }) }] as const;
    }),
  );
}
