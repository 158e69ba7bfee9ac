import type { RuleCondition } from '@postern/core/snapshot';
import type { RuleCondition as Row } from '../load-balancing/state.js';
import type { Lack } from './lack.js';

/**
 * A rule's condition as the service keeps it. Snapshots contain neither the values that headers and query
 * strings are compared with nor regular expressions. They are replaced by values that no call has.
 */
export function toCondition({ kind, values, family }: RuleCondition, ruleId: string, lack: Lack): Row {
  const lost = (what: string): void =>
    lack(`the ${what} that ${ruleId} asks for is not in a snapshot, so that no call fits it`);
  const Values = [...(values ?? [])];
  switch (kind) {
    case 'path':
      if (values !== undefined) return { Field: 'path-pattern', Values, PathPatternConfig: { Values } };
      lost('path by an expression');
      return { Field: 'path-pattern', PathPatternConfig: { RegexValues: [NOTHING] } };
    case 'host':
      if (values !== undefined) return { Field: 'host-header', Values, HostHeaderConfig: { Values } };
      lost('host by an expression');
      return { Field: 'host-header', HostHeaderConfig: { RegexValues: [NOTHING] } };
    case 'method':
      return { Field: 'http-request-method', HttpRequestMethodConfig: { Values } };
    case 'source':
      return { Field: 'source-ip', SourceIpConfig: family === undefined ? { Values } : { IpAddressType: family } };
    case 'query':
      lost('query string');
      return { Field: 'query-string', QueryStringConfig: { Values: [{ Key: UNKNOWN, Value: UNKNOWN }] } };
    default:
      lost(kind === 'header' ? 'header' : 'kind of call');
      return { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: UNKNOWN, Values: [UNKNOWN] } };
  }
}

/** An expression that fits no text. */
const NOTHING = '[^\\s\\S]';
const UNKNOWN = 'not-in-the-snapshot';
