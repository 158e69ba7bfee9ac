import type { CallContext, Gaps, Listener, ListenerAction } from '@postern/core';
import { listAll } from './list-all.js';
import { toActions } from './listener-action.js';
import { toListener } from './load-balancer.js';
import type { ListenerOutput } from './load-balancing-api.js';
import { plain } from './plain.js';
import type { Session } from './session.js';
import { unlessGone } from './vpc-link.js';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html */
const PAGE = 400;

/**
 * Listeners with all that checks look at: every certificate of those for TLS, and the actions of the rules of those that do not
 * forward by default, since then a rule has to. One call for each, as AWS has no other.
 */
export function withRulesAndCertificates(
  session: Session,
  listeners: readonly ListenerOutput[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Listener[]> {
  return Promise.all(
    listeners.map(async (output): Promise<Listener> => {
      const listener = toListener(output);
      const [ruleActions, certificateIds] = await Promise.all([
        answersByRules(listener) ? ruleActionsOf(session, listener.id, gaps, ctx) : undefined,
        certificatesOf(session, output, gaps, ctx),
      ]);
      return { ...listener, ruleActions, certificateIds, raw: plain(output) };
    }),
  );
}

/** Listeners for HTTP alone have rules. */
function answersByRules({ protocol, actions }: Listener): boolean {
  return (protocol === 'HTTP' || protocol === 'HTTPS') && actions?.at(-1)?.kind !== 'forward';
}

async function ruleActionsOf(
  session: Session,
  arn: string,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly ListenerAction[] | undefined> {
  const rules = await gaps.attempt({ what: `rules of ${arn}`, of: 'listeners', id: arn }, () =>
    unlessGone(
      listAll(session, ctx, `rules of ${arn}`, {
        service: 'elasticloadbalancing',
        method: 'describeRules',
        input: { ListenerArn: arn, PageSize: PAGE },
        member: 'Rules',
        key: undefined,
      }),
    ),
  );
  return rules?.filter(({ IsDefault }) => IsDefault !== true).flatMap(({ Actions }) => toActions(Actions) ?? []);
}

async function certificatesOf(
  session: Session,
  { ListenerArn: arn = '', Protocol, Certificates = [] }: ListenerOutput,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly string[] | undefined> {
  if (Protocol !== 'HTTPS' && Protocol !== 'TLS') return undefined;
  const read = await gaps.attempt({ what: `certificates of ${arn}`, of: 'listeners', id: arn }, () =>
    unlessGone(
      listAll(session, ctx, `certificates of ${arn}`, {
        service: 'elasticloadbalancing',
        method: 'describeListenerCertificates',
        input: { ListenerArn: arn, PageSize: PAGE },
        member: 'Certificates',
        key: undefined,
      }),
    ),
  );
  // Without the further ones, what the default one does not cover may yet be covered.
  if (read === undefined) return undefined;
  return [...new Set([...Certificates, ...read].flatMap(({ CertificateArn }) => CertificateArn ?? []))];
}
