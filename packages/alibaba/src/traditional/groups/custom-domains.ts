import { defined } from '@postern/core/internal/adapter';
import type { CustomDomain, Gateway } from '@postern/core/internal/snapshot';
import type { ItemOf } from '../../client/lists.js';
import { flagOf, plain } from '../../client/plain.js';
import type { GroupOutput } from './api.js';

/** A custom domain as its group has it. */
export type DomainOutput = ItemOf<GroupOutput, 'CustomDomains.DomainItem'>;

/** The custom domains of a group, as its own answer has them: they cost no call. */
export function customDomainsOf({ id, raw }: Pick<Gateway, 'id' | 'raw'>): readonly CustomDomain[] {
  const { CustomDomains } = raw as GroupOutput;
  return (CustomDomains?.DomainItem ?? []).map((one) => toCustomDomain(id, one));
}

/**
 * A domain leads to one stage where it is bound to one, else to the stage that a call names. `BOUND` is the state of a
 * binding that is not in effect, `ABNORMAL` that of a domain that its owner has to correct, such as one without an ICP filing.
 * @see https://www.alibabacloud.com/help/en/api-gateway/developer-reference/domain-name-information
 */
function toCustomDomain(gatewayId: string, one: DomainOutput): CustomDomain {
  const { DomainBindingStatus: binding, DomainLegalStatus: legal, CertificateId: certificate } = one;
  const end = new Date(Number(one.CertificateValidEnd ?? Number.NaN));
  return {
    id: one.DomainName ?? '',
    mappings: [{ path: '', gatewayId, ...defined({ stage: one.BindStageName || undefined }) }],
    ...defined({ endpoint: ENDPOINTS.get(one.CustomDomainType?.toUpperCase() ?? '') }),
    // Whether a domain without a certificate is answered with an empty ID or without one is not documented [U].
    ...(certificate ? { certificateIds: [certificate] } : {}),
    ...(Number.isNaN(end.getTime()) ? {} : { certificateEnd: end.toISOString() }),
    ...defined({ nativeState: stateOf(binding, legal), usable: usable(binding, legal) }),
    ...(one.IsHttpRedirectToHttps === undefined ? {} : { redirects: flagOf(one.IsHttpRedirectToHttps) }),
    raw: plain(one),
  };
}

const ENDPOINTS: ReadonlyMap<string, NonNullable<CustomDomain['endpoint']>> = new Map([
  ['INTERNET', 'regional'],
  ['INTRANET', 'intranet'],
]);

/** The state that stops calls, where one does. */
function stateOf(binding: string | undefined, legal: string | undefined): string | undefined {
  return usableStatus(binding) === false ? binding : legal || binding || undefined;
}

function usable(binding: string | undefined, legal: string | undefined): boolean | undefined {
  const each = [usableStatus(binding), usableStatus(legal)];
  return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
}

const USABLE: ReadonlyMap<string, boolean> = new Map([
  ['BINDING', true],
  ['NORMAL', true],
  ['BOUND', false],
  ['ABNORMAL', false],
]);

function usableStatus(status = ''): boolean | undefined {
  return USABLE.get(status.toUpperCase());
}
