import { familyOf } from '../operation/family.js';
import type { AlibabaCall } from '../operation/call.js';
import { required, type Parameter } from '../operation/operation.js';
import { page, type NumberedPageRequest } from '../operation/page.js';
import { AlibabaError } from '../operation/service-error.js';
import { checkRecord, findDomain, getRecord, recordView, sameNameRecords, splitName } from './records.js';
import { nameOf, weightedKey } from './resolve.js';
import type { DnsRecordRow } from './state.js';

interface GivenRecord {
  readonly RR: string;
  readonly Type: string;
  readonly Value: string;
  readonly TTL?: number;
  readonly Priority?: number;
  readonly Line?: string;
}

interface DomainInput {
  readonly DomainName: string;
}

interface RecordInput {
  readonly RecordId: string;
}

interface ListInput extends NumberedPageRequest {
  readonly RRKeyWord?: string;
  readonly TypeKeyWord?: string;
  readonly ValueKeyWord?: string;
  readonly Type?: string;
  readonly Line?: string;
  readonly Status?: string;
}

interface WeightsInput {
  readonly SubDomain: string;
  readonly DomainName?: string;
  readonly Type?: string;
  readonly Line?: string;
  readonly Open?: boolean;
}

const text: Parameter = { type: 'string' };
const needed = required({ type: 'string', length: [1, 253] });
const whole: Parameter = { type: 'integer' };
const COMMON = { Lang: text, UserClientIp: text };
const PAGE = { PageNumber: whole, PageSize: whole };
const RECORD = {
  RR: needed,
  Type: needed,
  Value: required({ type: 'string', length: [1, 512] }),
  TTL: whole,
  Priority: whole,
  Line: text,
};
/** In seconds: the smallest of the free edition, which is the default, too. */
const DEFAULT_TTL = 600;

/** Records of a list, on a page of up to 500. */
function recordPage(call: AlibabaCall, rows: readonly DnsRecordRow[], asked: NumberedPageRequest) {
  const { items, numbers } = page(rows, asked, { defaultSize: 20, largest: 500 });
  return { ...numbers, DomainRecords: { Record: items.map((row) => recordView(call.alibaba.alidns, row)) } };
}

/** @throws {AlibabaError} `SubDomainInvalid.Precheck` where there are no records to weigh, or only one */
function weighed(
  call: AlibabaCall,
  { SubDomain, Type = 'A', Line = 'default' }: WeightsInput,
): readonly DnsRecordRow[] {
  const rows = sameNameRecords(call.alibaba.alidns, splitName(call.alibaba.alidns, SubDomain), Type, Line);
  if (rows.length > 1) return rows;
  throw new AlibabaError('DisableDNSSLB', 'The sub domain does not have more than one record of this type.'); // [I] the code
}

/**
 * Public DNS, as far as weights and TTLs of records need it. It has no package among the dependencies: the types are our own, from the
 * official Go client.
 * @see https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-overview (each action: `api-alidns-2015-01-09-<name>`)
 * @see https://github.com/alibabacloud-go/alidns-20150109
 */
export const operations = familyOf('Alidns')({
  AddDomain: {
    parameters: { DomainName: needed, GroupId: text, ResourceGroupId: text, ...COMMON },
    run(call, { DomainName }: DomainInput) {
      const { domains } = call.alibaba.alidns;
      const name = DomainName.toLowerCase();
      if (domains.has(name)) throw new AlibabaError('DomainAddedByOthers', 'The domain is added already.');
      const id = call.id('', 32, 'hex');
      domains.set(name, { id, name, createdAt: call.now });
      return { DomainId: id, DomainName: name, DnsServers: { DnsServer: ['ns1.alidns.com', 'ns2.alidns.com'] } };
    },
  },

  DescribeDomains: {
    parameters: { KeyWord: text, GroupId: text, SearchMode: text, ...COMMON, ...PAGE },
    run(call, asked: NumberedPageRequest & { readonly KeyWord?: string }) {
      const rows = [...call.alibaba.alidns.domains.values()].filter(({ name }) => name.includes(asked.KeyWord ?? ''));
      const { items, numbers } = page(rows, asked, { defaultSize: 20, largest: 100 });
      const view = ({ id, name }: (typeof rows)[number]) => ({
        DomainId: id,
        DomainName: name,
        VersionCode: 'mianfei',
        RecordCount: [...call.alibaba.alidns.records.values()].filter(({ domainName }) => domainName === name).length,
      });
      return { ...numbers, Domains: { Domain: items.map(view) } };
    },
  },

  /** `MinTtl` is that of the edition. */
  DescribeDomainInfo: {
    parameters: { DomainName: needed, NeedDetailAttributes: { type: 'boolean' }, ...COMMON },
    run(call, { DomainName }: DomainInput) {
      const { id, name } = findDomain(call.alibaba.alidns, DomainName);
      return { DomainId: id, DomainName: name, MinTtl: 1, VersionCode: 'version_enterprise_basic' };
    },
  },

  AddDomainRecord: {
    parameters: { DomainName: needed, ...RECORD, ...COMMON },
    run(call, { DomainName, ...given }: DomainInput & GivenRecord) {
      const { alidns } = call.alibaba;
      const { name: domainName } = findDomain(alidns, DomainName);
      const row: DnsRecordRow = {
        id: call.id('', 18, 'decimal'),
        domainName,
        rr: given.RR.toLowerCase(),
        type: given.Type.toUpperCase(),
        value: given.Value.toLowerCase(),
        ttl: given.TTL ?? DEFAULT_TTL,
        priority: given.Priority,
        line: given.Line ?? 'default',
        isEnabled: true,
        weight: 1,
        createdAt: call.now,
        modifiedAt: call.now,
      };
      checkRecord(alidns, row);
      alidns.records.set(row.id, row);
      return { RecordId: row.id };
    },
  },

  UpdateDomainRecord: {
    parameters: { RecordId: needed, ...RECORD, ...COMMON },
    run(call, { RecordId, ...given }: RecordInput & GivenRecord) {
      const { alidns } = call.alibaba;
      const row = getRecord(alidns, RecordId);
      const changed: DnsRecordRow = {
        ...row,
        rr: given.RR.toLowerCase(),
        type: given.Type.toUpperCase(),
        value: given.Value.toLowerCase(),
        ttl: given.TTL ?? DEFAULT_TTL,
        priority: given.Priority ?? row.priority,
        line: given.Line ?? 'default',
        modifiedAt: call.now,
      };
      checkRecord(alidns, changed, row);
      alidns.records.set(row.id, changed);
      return { RecordId: row.id };
    },
  },

  DeleteDomainRecord: {
    parameters: { RecordId: needed, ...COMMON },
    run(call, { RecordId }: RecordInput) {
      const { id } = getRecord(call.alibaba.alidns, RecordId);
      call.alibaba.alidns.records.delete(id);
      return { RecordId: id };
    },
  },

  SetDomainRecordStatus: {
    parameters: {
      RecordId: needed,
      Status: required({ type: 'string', values: ['Enable', 'Disable', 'ENABLE', 'DISABLE'] }),
      ...COMMON,
    },
    run(call, { RecordId, Status }: RecordInput & { readonly Status: string }) {
      const row = getRecord(call.alibaba.alidns, RecordId);
      const isEnabled = Status.toLowerCase() === 'enable';
      if (isEnabled) checkRecord(call.alibaba.alidns, { ...row, isEnabled }, row);
      call.alibaba.alidns.records.set(row.id, { ...row, isEnabled, modifiedAt: call.now });
      return { RecordId: row.id, Status: isEnabled ? 'Enable' : 'Disable' };
    },
  },

  DescribeDomainRecordInfo: {
    parameters: { RecordId: needed, ...COMMON },
    run(call, { RecordId }: RecordInput) {
      const row = getRecord(call.alibaba.alidns, RecordId);
      const { LbaStatus: _status, Weight: _weight, ...view } = recordView(call.alibaba.alidns, row);
      return { ...view, DomainId: findDomain(call.alibaba.alidns, row.domainName).id };
    },
  },

  DescribeDomainRecords: {
    parameters: {
      DomainName: needed,
      KeyWord: text,
      RRKeyWord: text,
      TypeKeyWord: text,
      ValueKeyWord: text,
      Type: text,
      Line: text,
      Status: text,
      SearchMode: text,
      OrderBy: text,
      Direction: text,
      GroupId: text,
      ...COMMON,
      ...PAGE,
    },
    run(call, asked: DomainInput & ListInput) {
      const { name } = findDomain(call.alibaba.alidns, asked.DomainName);
      const { RRKeyWord = '', TypeKeyWord, ValueKeyWord = '', Type = TypeKeyWord, Line, Status } = asked;
      const rows = [...call.alibaba.alidns.records.values()].filter(
        (row) =>
          row.domainName === name &&
          row.rr.includes(RRKeyWord.toLowerCase()) &&
          row.value.includes(ValueKeyWord.toLowerCase()) &&
          (Type === undefined || row.type === Type.toUpperCase()) &&
          (Line === undefined || row.line === Line) &&
          (Status === undefined || (Status.toLowerCase() === 'enable') === row.isEnabled),
      );
      return recordPage(call, rows, asked);
    },
  },

  DescribeSubDomainRecords: {
    parameters: { SubDomain: needed, DomainName: text, Type: text, Line: text, ...COMMON, ...PAGE },
    run(
      call,
      {
        SubDomain,
        Type,
        Line,
        ...asked
      }: NumberedPageRequest & { readonly SubDomain: string; readonly Type?: string; readonly Line?: string },
    ) {
      const { alidns } = call.alibaba;
      return recordPage(call, sameNameRecords(alidns, splitName(alidns, SubDomain), Type, Line), asked);
    },
  },

  /**
   * Lets weights count for the records of a name and a type: at first all have the same. The models list A and AAAA; the console has CNAME,
   * too, and it is taken here [U].
   */
  SetDNSSLBStatus: {
    parameters: {
      SubDomain: needed,
      DomainName: text,
      Type: { type: 'string', values: ['A', 'AAAA', 'CNAME'] },
      Line: text,
      Open: { type: 'boolean' },
      ...COMMON,
    },
    run(call, input: WeightsInput) {
      const { Open = true, Type = 'A', Line = 'default' } = input;
      const rows = weighed(call, input);
      const { weighted } = call.alibaba.alidns;
      for (const row of rows) {
        const key = weightedKey(nameOf(row), Type, Line);
        if (Open) weighted.set(key, true);
        else weighted.delete(key);
      }
      return { Open, RecordCount: rows.length };
    },
  },

  /** A weight is 1 to 100: a record with no calls is disabled. */
  UpdateDNSSLBWeight: {
    parameters: { RecordId: needed, Weight: required({ type: 'integer', range: [1, 100] }), ...COMMON },
    run(call, { RecordId, Weight }: RecordInput & { readonly Weight: number }) {
      const { alidns } = call.alibaba;
      const row = getRecord(alidns, RecordId);
      if (alidns.weighted.get(weightedKey(nameOf(row), row.type, row.line)) !== true) {
        throw new AlibabaError('DisableDNSSLB', 'The weight configuration of the sub domain is not enabled.'); // [I] the code
      }
      alidns.records.set(row.id, { ...row, weight: Weight, modifiedAt: call.now });
      return { RecordId: row.id, Weight };
    },
  },

  DescribeDNSSLBSubDomains: {
    parameters: { DomainName: needed, Rr: text, ...COMMON, ...PAGE },
    run(call, { DomainName, Rr, ...asked }: DomainInput & NumberedPageRequest & { readonly Rr?: string }) {
      const { alidns } = call.alibaba;
      const { name } = findDomain(alidns, DomainName);
      const rows = [...alidns.records.values()].filter((row) => row.domainName === name && (Rr ?? row.rr) === row.rr);
      const keys = new Map(rows.map((row) => [weightedKey(nameOf(row), row.type, row.line), row]));
      const several = [...keys].filter(([, row]) => sameNameRecords(alidns, row, row.type, row.line).length > 1);
      const { items, numbers } = page(several, asked, { defaultSize: 20, largest: 100 });
      const view = ([key, row]: (typeof several)[number]) => ({
        SubDomain: nameOf(row),
        Type: row.type,
        Open: alidns.weighted.get(key) === true,
        RecordCount: sameNameRecords(alidns, row, row.type, row.line).length,
        LineAlgorithms: { LineAlgorithm: [{ Line: row.line, Open: alidns.weighted.get(key) === true }] },
      });
      return { ...numbers, SlbSubDomains: { SlbSubDomain: items.map(view) } };
    },
  },
});
