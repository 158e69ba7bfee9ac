import { unlessGone, type Gaps, type CallContext } from '@postern/core/internal/adapter';
import type { Listener, ListenerRule } from '@postern/core/internal/snapshot';
import { listAll } from '../../client/list-all.js';
import { plain } from '../../client/plain.js';
import { toRule } from '../listener-rule.js';
import { toListener } from '../load-balancer.js';
import type { ListenerOutput } from '../../sdk-types.js';
import type { Session } from '../../client/session.js';

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
