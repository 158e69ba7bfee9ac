import { unless, unlessGone, type CallContext } from '@postern/core/internal/adapter';
import type { DnsRecord, DnsValues, HandoverDns } from '../switch/dns.js';
import { listGateways } from '../../../cloud-native/gateway.js';
import { listAll, type Listed } from '../../../client/lists.js';
import { flagOf, numberOf } from '../../../client/plain.js';
import type { Session } from '../../../client/session.js';

type Row = Listed<'Alidns', 'DescribeSubDomainRecords'>;

/** Records of Alibaba Cloud DNS. It has no regions. */
export const dnsOf = (session: Session): HandoverDns => ({
  // The zone is in no account, or in another one.
  records: (name, ctx) => unlessGone(recordsOf(session, name, ctx)),
  add: async (values, ctx) => {
    const query = { DomainName: values.zone, ...sentOf(values) };
    // An earlier try may have added it.
    await unless(session.call(ctx, 'Alidns', 'AddDomainRecord', query, 'create'), 'ALREADY_EXISTS');
  },
  update: async (RecordId, values, ctx) => {
    await session.call(ctx, 'Alidns', 'UpdateDomainRecord', { RecordId, ...sentOf(values) });
  },
  setEnabled: async (RecordId, isEnabled, ctx) => {
    const query = { RecordId, Status: isEnabled ? 'Enable' : 'Disable' };
    await session.call(ctx, 'Alidns', 'SetDomainRecordStatus', query, 'idempotent');
  },
  setWeighted: async ({ zone, name, type, line }, isOn, ctx) => {
    const query = { SubDomain: name, DomainName: zone, Type: type, Line: line, Open: isOn };
    await session.call(ctx, 'Alidns', 'SetDNSSLBStatus', query, 'idempotent');
  },
  setWeight: async (RecordId, weight, ctx) => {
    await session.call(ctx, 'Alidns', 'UpdateDNSSLBWeight', { RecordId, Weight: weight });
  },
  remove: async (RecordId, ctx) => {
    await unlessGone(session.call(ctx, 'Alidns', 'DeleteDomainRecord', { RecordId }));
  },
  accessName: (gatewayId, ctx) => accessName(session, gatewayId, ctx),
});

async function recordsOf(session: Session, name: string, ctx: CallContext): Promise<readonly DnsRecord[]> {
  const rows = await listAll(session, ctx, `records of ${name}`, 'Alidns', 'DescribeSubDomainRecords', {
    SubDomain: name,
  });
  return rows.map(recordOf).filter((record) => record.name === name.toLowerCase());
}

/**
 * The access domain name of a gateway, the public one first: lists of gateways have it, the gateway itself does not return it [I].
 * @see https://github.com/alibabacloud-go/apig-20240327 (client/list_gateways_response_body_model.go)
 */
async function accessName(session: Session, gatewayId: string, ctx: CallContext): Promise<string | undefined> {
  const row = (await listGateways(session, ctx)).find((one) => one.gatewayId === gatewayId);
  const names = (row?.subDomainInfos ?? []).filter(({ name = '' }) => name !== '');
  return (names.find(({ networkType }) => networkType === 'Internet') ?? names[0])?.name?.toLowerCase();
}

function recordOf(row: Row): DnsRecord {
  const { RecordId = '', DomainName = '', RR = '@', Type = '', Value = '', TTL, Line = 'default', Status = '' } = row;
  const zone = DomainName.toLowerCase();
  return {
    id: RecordId,
    zone,
    name: RR === '@' ? zone : `${RR.toLowerCase()}.${zone}`,
    type: Type.toUpperCase(),
    value: Value.toLowerCase().replace(/\.$/, ''),
    ttlSeconds: numberOf(TTL) ?? 600,
    line: Line,
    isEnabled: !/^disable$/i.test(Status),
    isWeighted: flagOf(row.LbaStatus),
    weight: numberOf(row.Weight) ?? null,
  };
}

function sentOf({ zone, name, type, value, ttlSeconds, line }: DnsValues) {
  const RR = name === zone ? '@' : name.slice(0, -zone.length - 1);
  return { RR, Type: type, Value: value, TTL: ttlSeconds, Line: line };
}
