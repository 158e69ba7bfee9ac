import { unlessGone, type Gaps, type CallContext } from '@postern/core/internal/adapter';
import type { Listener, ListenerRule, Certificate } from '@postern/core/internal/snapshot';
import { listAll } from '../../client/list-all.js';
import { toRule } from '../listener.js';
import { toListener } from '../load-balancer.js';
import type { ListenerOutput, CertificateOutput, KeyAlgorithm } from '../../sdk-types.js';
import { plain, type Session } from '../../client/session.js';

/**
 * Listeners with all that checks use: every certificate of those for TLS, and the rules of those for HTTP and of dual-stack network load
 * balancers (`dualStack`, by ARN). One call for each, as AWS has no other.
 */
export function withRulesAndCertificates(
  session: Session,
  listeners: readonly ListenerOutput[],
  dualStack: ReadonlySet<string>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Listener[]> {
  return Promise.all(
    listeners.map(async (output): Promise<Listener> => {
      const listener = toListener(output);
      const [rules, certificateIds] = await Promise.all([
        rulesOf(session, listener, dualStack, gaps, ctx),
        certificatesOf(session, output, gaps, ctx),
      ]);
      return { ...listener, rules, certificateIds, raw: plain(output) };
    }),
  );
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-rule.html */
async function rulesOf(
  session: Session,
  { id: arn, protocol, loadBalancerId }: Listener,
  dualStack: ReadonlySet<string>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly ListenerRule[] | undefined> {
  if (protocol !== 'HTTP' && protocol !== 'HTTPS' && !dualStack.has(loadBalancerId)) return undefined;

  const rules = await gaps.attempt({ what: `rules of ${arn}`, of: 'listeners', id: arn }, () =>
    unlessGone(listAll(session, ctx, `rules of ${arn}`, 'elasticloadbalancing', 'DescribeRules', { ListenerArn: arn })),
  );
  return rules?.flatMap((rule) => toRule(rule) ?? []);
}

async function certificatesOf(
  session: Session,
  { ListenerArn: arn, Protocol, Certificates = [] }: ListenerOutput,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly string[] | undefined> {
  if (Protocol !== 'HTTPS' && Protocol !== 'TLS') return undefined;

  const read = await gaps.attempt({ what: `certificates of ${arn}`, of: 'listeners', id: arn }, () =>
    unlessGone(
      listAll(session, ctx, `certificates of ${arn}`, 'elasticloadbalancing', 'DescribeListenerCertificates', {
        ListenerArn: arn,
      }),
    ),
  );
  // Without the further certificates, a name that the default one does not cover may still be covered.
  if (read === undefined) return undefined;

  return [...new Set([...Certificates, ...read].flatMap(({ CertificateArn }) => CertificateArn ?? []))];
}

/** The kinds of keys that certificates have; unless they are named, a list holds those with small RSA keys only. */
const KEY_TYPES: readonly KeyAlgorithm[] = [
  'RSA_1024',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
];

/**
 * Certificates with these ARNs, all in one list call; with `all`, every one of the region. Those that IAM
 * keeps are gaps: they do not belong to a region, and reading them would need permissions on IAM.
 * `undefined` for a gap.
 */
export async function observeCertificates(
  session: Session,
  wanted: readonly string[],
  all: boolean,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Certificate[] | undefined> {
  const arns = new Set(wanted);
  for (const id of arns) {
    if (!/^arn:[^:]*:iam:/.test(id)) continue;

    const what = `certificate ${id}, which IAM keeps`;
    gaps.list.push({ what, operation: 'GetServerCertificate', code: 'UNSUPPORTED', of: 'certificates', id });
  }
  if (arns.size === 0 && !all) return [];

  const certificates = await gaps.attempt({ what: 'certificates', of: 'certificates' }, () =>
    listAll(session, ctx, 'certificates', 'acm', 'ListCertificates', { Includes: { keyTypes: [...KEY_TYPES] } }),
  );
  const chosen = certificates?.filter(({ CertificateArn }) => all || arns.has(CertificateArn));
  for (const { CertificateArn: id, HasAdditionalSubjectAlternativeNames: more } of chosen ?? []) {
    if (more !== true) continue;

    const what = `further names of certificate ${id}`;
    gaps.list.push({ what, operation: 'ListCertificates', code: 'INCOMPLETE_LIST', of: 'certificates', id });
  }
  return chosen?.map(toCertificate);
}

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html (Status) */
const VALID: ReadonlyMap<string, boolean> = new Map([
  ['ISSUED', true],
  ['PENDING_VALIDATION', false],
  ['INACTIVE', false],
  ['EXPIRED', false],
  ['VALIDATION_TIMED_OUT', false],
  ['REVOKED', false],
  ['FAILED', false],
]);

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html (Type) */
const ISSUERS: ReadonlyMap<string | undefined, NonNullable<Certificate['issuer']>> = new Map([
  ['AMAZON_ISSUED', 'public'],
  ['PRIVATE', 'private'],
  ['IMPORTED', 'imported'],
]);

function toCertificate(one: CertificateOutput): Certificate {
  const { DomainName, SubjectAlternativeNameSummaries = [], Status = '', NotAfter } = one;
  return {
    id: one.CertificateArn,
    names: [...new Set([...(DomainName === undefined ? [] : [DomainName]), ...SubjectAlternativeNameSummaries])],
    notAfter: NotAfter === undefined ? undefined : new Date(NotAfter).toISOString(),
    valid: VALID.get(Status),
    nativeState: Status,
    issuer: ISSUERS.get(one.Type),
    raw: plain(one),
  };
}
