import { defined } from '../../simulation/defined.js';
import {
  action,
  ownFamilyOf,
  required,
  text,
  whole,
  type InputOf,
  page,
  type NumberedPageRequest,
  oneOf,
  flag,
} from '../operation/family.js';
import { type AlibabaCall, type AnyAlibabaOperation, AlibabaError } from '../operation/operation.js';
import { checkRecord, findDomain, getRecord, recordView, sameNameRecords, splitName } from './records.js';
import type { DnsRecordRow } from './state.js';
import { nameOf, weightedKey } from './resolve.js';

const needed = required({ type: 'string', length: [1, 253] });
const COMMON = { Lang: text, UserClientIp: text };

const WEIGHED = {
  SubDomain: needed,
  DomainName: text,
  Type: oneOf('A', 'AAAA', 'CNAME'),
  Line: text,
  Open: flag,
  ...COMMON,
};

/** @throws {AlibabaError} `SubDomainInvalid.Precheck` where there are no records to weigh, or only one */
function weighed(
  call: AlibabaCall,
  { SubDomain, Type = 'A', Line = 'default' }: InputOf<typeof WEIGHED>,
): readonly DnsRecordRow[] {
  const rows = sameNameRecords(call.alibaba.alidns, splitName(call.alibaba.alidns, SubDomain), Type, Line);
  if (rows.length > 1) return rows;

  throw new AlibabaError('DisableDNSSLB', 'The sub domain does not have more than one record of this type.'); // [I] the code
}

/** Weights of records: of those of one name and type, each gets a share of the answers. */
const weightOperations = ownFamilyOf('Alidns')({
  /**
   * Lets weights count for the records of a name and a type: at first all have the same. The models list A and AAAA; the console has CNAME,
   * too, and it is taken here [U].
   */
  SetDNSSLBStatus: action(WEIGHED, (call, input) => {
    const { Open = true, Type = 'A', Line = 'default' } = input;
    const rows = weighed(call, input);
    const { weighted } = call.alibaba.alidns;
    for (const row of rows) {
      const key = weightedKey(nameOf(row), Type, Line);
      if (Open) weighted.set(key, true);
      else weighted.delete(key);
    }
    return { Open, RecordCount: rows.length };
  }),

  /** A weight is 1 to 100: a record with no calls is disabled. */
  UpdateDNSSLBWeight: {
    parameters: { RecordId: needed, Weight: required({ type: 'integer', range: [1, 100] }), ...COMMON },
    run(call, { RecordId, Weight }) {
      const { alidns } = call.alibaba;
      const row = getRecord(alidns, RecordId);
      if (alidns.weighted.get(weightedKey(nameOf(row), row.Type, row.Line)) !== true) {
        throw new AlibabaError('DisableDNSSLB', 'The weight configuration of the sub domain is not enabled.'); // [I] the code
      }

      alidns.records.set(RecordId, { ...row, Weight, UpdateTimestamp: call.now });
      return { RecordId, Weight };
    },
  },
});

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

const NEW_RECORD = { Status: 'ENABLE', Weight: 1 } as const;

/** A record with what a call gives of it. What it does not give is as in a new one, but for the priority. */
function recordOf(
  { now }: AlibabaCall,
  before: Pick<DnsRecordRow, 'RecordId' | 'DomainName' | 'Priority' | 'Status' | 'Weight' | 'CreateTimestamp'>,
  given: InputOf<typeof RECORD>,
): DnsRecordRow {
  return {
    RecordId: before.RecordId,
    DomainName: before.DomainName,
    RR: given.RR.toLowerCase(),
    Type: given.Type.toUpperCase(),
    Value: given.Value.toLowerCase(),
    TTL: given.TTL ?? DEFAULT_TTL,
    ...defined({ Priority: given.Priority ?? before.Priority }),
    Line: given.Line ?? 'default',
    Status: before.Status,
    Locked: false,
    Weight: before.Weight,
    CreateTimestamp: before.CreateTimestamp,
    UpdateTimestamp: now,
  };
}

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
  AddDomain: action({ DomainName: needed, GroupId: text, ResourceGroupId: text, ...COMMON }, (call, { DomainName }) => {
    const { domains } = call.alibaba.alidns;
    const name = DomainName.toLowerCase();
    if (domains.has(name)) throw new AlibabaError('DomainAddedByOthers', 'The domain is added already.');

    const id = call.id('', 32, 'hex');
    domains.set(name, { id, name, createdAt: call.now });
    return { DomainId: id, DomainName: name, DnsServers: { DnsServer: ['ns1.alidns.com', 'ns2.alidns.com'] } };
  }),

  DescribeDomains: action({ KeyWord: text, GroupId: text, SearchMode: text, ...COMMON, ...PAGE }, (call, asked) => {
    const rows = [...call.alibaba.alidns.domains.values()].filter(({ name }) => name.includes(asked.KeyWord ?? ''));
    const { items, numbers } = page(rows, asked, { defaultSize: 20, largest: 100 });
    const view = ({ id, name }: (typeof rows)[number]) => ({
      DomainId: id,
      DomainName: name,
      VersionCode: 'mianfei',
      RecordCount: [...call.alibaba.alidns.records.values()].filter(({ DomainName }) => DomainName === name).length,
    });
    return { ...numbers, Domains: { Domain: items.map(view) } };
  }),

  AddDomainRecord: action({ DomainName: needed, ...RECORD, ...COMMON }, (call, { DomainName, ...given }) => {
    const { alidns } = call.alibaba;
    const { name } = findDomain(alidns, DomainName);
    const RecordId = call.id('', 18, 'decimal');
    const row = recordOf(call, { ...NEW_RECORD, RecordId, DomainName: name, CreateTimestamp: call.now }, given);
    checkRecord(alidns, row);
    alidns.records.set(RecordId, row);
    return { RecordId };
  }),

  UpdateDomainRecord: action({ RecordId: needed, ...RECORD, ...COMMON }, (call, { RecordId, ...given }) => {
    const { alidns } = call.alibaba;
    const row = getRecord(alidns, RecordId);
    const changed = recordOf(call, row, given);
    checkRecord(alidns, changed, row);
    alidns.records.set(RecordId, changed);
    return { RecordId };
  }),

  DeleteDomainRecord: action({ RecordId: needed, ...COMMON }, (call, { RecordId }) => {
    getRecord(call.alibaba.alidns, RecordId);
    call.alibaba.alidns.records.delete(RecordId);
    return { RecordId };
  }),

  SetDomainRecordStatus: {
    parameters: {
      RecordId: needed,
      Status: required({ type: 'string', values: ['Enable', 'Disable', 'ENABLE', 'DISABLE'] }),
      ...COMMON,
    },
    run(call, { RecordId, Status }) {
      const { alidns } = call.alibaba;
      const row = getRecord(alidns, RecordId);
      const isEnabled = Status.toLowerCase() === 'enable';
      const changed = { ...row, Status: isEnabled ? 'ENABLE' : 'DISABLE', UpdateTimestamp: call.now } as const;
      if (isEnabled) checkRecord(alidns, changed, row);
      alidns.records.set(RecordId, changed);
      return { RecordId, Status: isEnabled ? 'Enable' : 'Disable' };
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
          row.DomainName === name &&
          row.RR.includes(RRKeyWord.toLowerCase()) &&
          row.Value.includes(ValueKeyWord.toLowerCase()) &&
          (Type === undefined || row.Type === Type.toUpperCase()) &&
          (Line === undefined || row.Line === Line) &&
          (Status === undefined || (Status.toLowerCase() === 'enable') === (row.Status === 'ENABLE')),
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
