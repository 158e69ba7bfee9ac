import type { CallContext } from '@postern/core/internal/library';
import type { HandoverDriver } from '../run/driver.js';
import type { ClassicSide } from './classic-side.js';

/** A record of a zone that the account has. */
export type DnsRecord = {
  readonly id: string;
  /** `example.com`. */
  readonly zone: string;
  /** `api.example.com`. */
  readonly name: string;
  /** `A`, `CNAME`. */
  readonly type: string;
  /** In lower case, without a final dot. */
  readonly value: string;
  readonly ttlSeconds: number;
  /** Whose resolvers are answered with it: `default`. */
  readonly line: string;
  readonly isEnabled: boolean;
  /** Whether weights decide between the records of its name and type. */
  readonly isWeighted: boolean;
  /** Its weight, where it is known. */
  readonly weight: number | null;
};

/** What is set of a record. */
export type DnsValues = Pick<DnsRecord, 'zone' | 'name' | 'type' | 'value' | 'ttlSeconds' | 'line'>;

/** What a switch needs of the DNS of an account. */
export interface HandoverDns {
  /** The records of exactly this name, of all types and lines. Undefined: no zone of the account has the name. */
  readonly records: (name: string, ctx: CallContext) => Promise<readonly DnsRecord[] | undefined>;
  /** Adds an enabled record, in one call. */
  readonly add: (values: DnsValues, ctx: CallContext) => Promise<void>;
  /** Sets name, type and value in one call. Whether it is enabled stays as it is. */
  readonly update: (id: string, values: DnsValues, ctx: CallContext) => Promise<void>;
  readonly setEnabled: (id: string, isEnabled: boolean, ctx: CallContext) => Promise<void>;
  /** Turns weights on or off for the records of a name, type and line. */
  readonly setWeighted: (
    records: Pick<DnsRecord, 'zone' | 'name' | 'type' | 'line'>,
    isOn: boolean,
    ctx: CallContext,
  ) => Promise<void>;
  /** 1 to 100. */
  readonly setWeight: (id: string, weight: number, ctx: CallContext) => Promise<void>;
  readonly remove: (id: string, ctx: CallContext) => Promise<void>;
  /** The name that a custom domain is to be a CNAME of. Undefined: the gateway has none yet. */
  readonly accessName: (gatewayId: string, ctx: CallContext) => Promise<string | undefined>;
}

/** A driver that can also change records of DNS. */
export type HandoverSwitchDriver = Pick<HandoverDriver, 'account' | 'source' | 'find' | 'remove' | 'stalenessMs'> & {
  readonly dns: HandoverDns;
  readonly classic: Pick<ClassicSide, 'group' | 'accesses'>;
};

/** What one resolver answers for a name: the value of its CNAME, or addresses. */
export interface ResolverAnswer {
  /** `8.8.8.8`, `system`. */
  readonly resolver: string;
  readonly values: readonly string[];
}

/** Asks several resolvers for a name. */
export type ResolveName = (name: string, signal?: AbortSignal) => Promise<readonly ResolverAnswer[]>;

/** Whether every resolver answers with this name. */
export function isShown(answers: readonly ResolverAnswer[], value: string): boolean {
  const wanted = plainName(value);
  return answers.length > 0 && answers.every(({ values }) => values.some((one) => plainName(one) === wanted));
}

/** A name as it is compared. */
export const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');
