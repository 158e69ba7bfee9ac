import { ownFamilyOf } from '../operation/family.js';
import { type AlibabaCall, type AnyAlibabaOperation, AlibabaError } from '../operation/operation.js';
import { page, type NumberedPageRequest } from '../operation/page.js';
import { checkRecord, findDomain, getRecord, recordView, sameNameRecords, splitName } from './records.js';
import type { DnsRecordRow } from './state.js';
import { weightOperations } from './weights.js';
import { required, text, whole } from '../operation/parameters.js';

const needed = required({ type: 'string', length: [1, 253] });
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

/**
 * Public DNS, as far as weights and TTLs of records need it. It has no package among the dependencies: the types are our own, from the
 * official Go client.
 * @see https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-overview (each action: `api-alidns-2015-01-09-<name>`)
 * @see https://github.com/alibabacloud-go/alidns-20150109
 */
const recordOperations = ownFamilyOf('Alidns')({
  AddDomain: {
    parameters: { DomainName: needed, GroupId: text, ResourceGroupId: text, ...COMMON },
    run(call, { DomainName }) {
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
    run(call, asked) {
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

  AddDomainRecord: {
    parameters: { DomainName: needed, ...RECORD, ...COMMON },
    run(call, { DomainName, ...given }) {
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
    run(call, { RecordId, ...given }) {
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
    run(call, { RecordId }) {
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
    run(call, { RecordId, Status }) {
      const row = getRecord(call.alibaba.alidns, RecordId);
      const isEnabled = Status.toLowerCase() === 'enable';
      if (isEnabled) checkRecord(call.alibaba.alidns, { ...row, isEnabled }, row);
      call.alibaba.alidns.records.set(row.id, { ...row, isEnabled, modifiedAt: call.now });
      return { RecordId: row.id, Status: isEnabled ? 'Enable' : 'Disable' };
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
    run(call, asked) {
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
    run(call, { SubDomain, Type, Line, ...asked }) {
      const { alidns } = call.alibaba;
      return recordPage(call, sameNameRecords(alidns, splitName(alidns, SubDomain), Type, Line), asked);
    },
  },
});

/** The simulated actions of public DNS. */
export const operations: readonly AnyAlibabaOperation[] = [...recordOperations, ...weightOperations];
