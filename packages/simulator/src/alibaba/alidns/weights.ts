import { action, ownFamilyOf, required, text, oneOf, flag, type InputOf } from '../operation/family.js';
import { type AlibabaCall, AlibabaError } from '../operation/operation.js';
import { getRecord, sameNameRecords, splitName } from './records.js';
import { nameOf, weightedKey } from './resolve.js';
import type { DnsRecordRow } from './state.js';

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
export const weightOperations = ownFamilyOf('Alidns')({
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
