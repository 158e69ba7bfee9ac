import { stating, type Judgement } from '../../findings/statement.js';
import type { targetExposedWords } from './words/exposed.words.js';
import type { Listener } from '../../model/load-balancer.js';
import type { SecurityGroup } from '../../model/network.js';
import type { CheckInput, IntegrationView, LinkView, Missing, TargetView } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { kindTraitsOf } from '../../world/link-facts.js';
import { aboutTarget } from '../../findings/about.js';
import { entranceOf, reachOf, type Guard, type PortRule } from '../callers/admission.js';
import { listenerOf, settingsMissing, type Backend } from '../../network/balancers/backend.js';
import { readBlocks } from '../../network/block-set.js';
import { callerNames } from '../callers/caller-names.js';
import {
  callersByPort,
  isSameCaller,
  namesText,
  callersMissing,
  declaredCallers,
  withCallers,
  type DeclaredCaller,
} from '../callers/declared-callers.js';
import { listSource } from '../callers/list-source.js';
import { balancerEvidence, listenerEvidence, ruleEvidence } from '../../findings/evidence.js';
import { guardsOf } from '../callers/guards.js';
import { sourceOf, type Source } from '../../network/sources/link-source.js';
import { backends } from '../../network/balancers/balancers.js';

const { fails, holds, unsure } = stating<(typeof targetExposedWords)['says']>();

/** `target/exposed`. */
export const targetExposed: Judgement = {
  id: 'target/exposed',
  severity: 'warning',
  *run(input) {
    for (const { integration, target, backend } of backends(input)) {
      const { link } = integration;
      const about = aboutTarget(integration, target);
      const { guards, unguarded, missing } = guardsOf(input, integration, target, backend);
      const ways: Evidence[] = waysOf(input, integration, target, backend);
      // Behind PrivateLink, AWS asks for the groups to be off, and their rules apply to other callers.
      const source: Source | undefined = kindTraitsOf(link).callsFrom === 'load balancer' ? undefined : sourceOf(link);
      let unread: Missing | undefined = missing ?? (guards.length > 0 ? source?.missing : undefined);
      unread ??= unreadScheme(integration, backend) ?? unreadControl(integration, target, backend);
      let place: { readonly group: SecurityGroup; readonly guard: Guard } | undefined;
      for (const guard of guards) {
        const entrance = entranceOf(guard);
        unread ??= entrance.missing;
        for (let at = 0; at < entrance.rules.length; at += 1) {
          const rule = entrance.rules[at] as PortRule;
          const others = letsOthersIn(rule, source && withCallers(source, callersAt(input, rule, guard)));
          // A rule for all addresses is not for one caller; any other rule may be for a caller that was not read.
          const hidden = others === true && !isForAll(rule) ? callersMissing(input, guard.region) : undefined;
          if (typeof others === 'object') unread ??= others;
          else if (hidden !== undefined) unread ??= hidden;
          else if (others) {
            place ??= { group: rule.group, guard };
            ways.push(ruleEvidence(rule.group, rule.rule));
          }
        }
      }
      for (const what of unguarded)
        ways.push({ kind: 'load balancer', id: backend.id, text: `${what} has no security group` });
      if (ways.length > 0) {
        yield fails(about, 'EXPOSED', {
          params: {
            ways: ways.map(({ text }) => text),
            hasPlace: place !== undefined,
            otherwise: remedyFor(backend),
            group: place?.group.id,
            callers: place && onlyText(input, link, source, place),
          },
          evidence: ways,
        });
      } else if (unread !== undefined) yield unsure(about, 'EXPOSURE_NOT_READ', {}, unread);
      else if (guards.length > 0 || (backend.kind === 'balancer' && backend.balancer.is === 'found')) {
        yield holds(input, about, 'NOT_EXPOSED', () => ({
          params: { link: link.name },
          evidence: guards.map(({ what, groupIds, port }) => ({
            kind: 'security group',
            id: groupIds.join(', '),
            text: `filters tcp ${port} of ${what}`,
          })),
        }));
      }
    }
  },
};

/** The callers that a group is to allow; in words if the source addresses of the link are not known. */
function onlyText(
  input: CheckInput,
  link: LinkView,
  source: Source | undefined,
  { group, guard }: { readonly group: SecurityGroup; readonly guard: Guard },
): string {
  const names = source === undefined ? [] : callerNames(link, source, { groups: [group], byBlocks: guard.byBlocks });
  const own = { port: guard.port, names };
  const callers = declaredCallers(input, guard.region, group.id);
  if (names.length === 0) return 'the CIDR blocks of the link';
  return callers.every((one) => isSameCaller(one, own)) ? namesText(names) : callersByPort(own, callers);
}

/** The callers that the spec declares for the port of a guard, as far as the rule's group filters them. */
function callersAt(input: CheckInput, { group }: PortRule, { region, port }: Guard): readonly DeclaredCaller[] {
  return declaredCallers(input, region, group.id).filter((one) => one.port === port);
}

/** Ways to reach the backend without the gateway that security groups do not control. */
function waysOf(input: CheckInput, integration: IntegrationView, target: TargetView, backend: Backend): Evidence[] {
  const { link } = integration;
  if (backend.kind !== 'balancer' || backend.balancer.is !== 'found') return [];
  const balancer = backend.balancer.value;
  const ways = balancer.scheme === 'internet-facing' ? [balancerEvidence(balancer)] : [];
  if (balancer.kind !== 'classic') return ways;
  const listener = listenerOf(link.region, target, backend);
  if (listener.is !== 'found') return ways;
  const { accessControl } = listener.value;
  if (accessControl === undefined) {
    if (settingsMissing(link.region, listener.value) === undefined) {
      ways.push(listenerEvidence(listener.value, 'no access control list'));
    }
  } else if (accessControl.kind === 'allow' && accessControl.cidrBlocks?.length !== 0) {
    ways.push(...controlWays(input, integration, listener.value));
  } else if (accessControl.kind === 'deny' || accessControl.cidrBlocks?.length === 0) {
    const text =
      accessControl.kind === 'deny'
        ? 'a deny list, which rejects only some callers'
        : 'an empty list, which allows all callers';
    ways.push(listenerEvidence(listener.value, text));
  }
  return ways;
}

/** The scheme of a load balancer (internet-facing or internal) could not be read. */
function unreadScheme({ link }: IntegrationView, backend: Backend): Missing | undefined {
  if (backend.kind !== 'balancer' || backend.balancer.is !== 'found' || backend.balancer.value.scheme !== undefined) {
    return undefined;
  }
  const { id, name } = backend.balancer.value;
  const remedy = `Check the scheme of ${name || id}.`;
  return link.region.missing('loadBalancers', id) ?? { what: `the scheme of ${name || id}`, remedy };
}

/** What of the access control of a CLB listener could not be read. */
function unreadControl({ link }: IntegrationView, target: TargetView, backend: Backend): Missing | undefined {
  if (backend.kind !== 'balancer' || backend.balancer.is !== 'found' || backend.balancer.value.kind !== 'classic') {
    return undefined;
  }
  const listener = listenerOf(link.region, target, backend);
  if (listener.is !== 'found') return listener.is === 'unknown' ? listener.missing : undefined;
  const { accessControl, id } = listener.value;
  if (accessControl === undefined) return settingsMissing(link.region, listener.value);
  // The source addresses of the link must be known to distinguish it from other callers.
  if (accessControl.cidrBlocks !== undefined) return sourceOf(link).missing;
  const what = `the entries of ${accessControl.ids.join(', ')}`;
  return (
    link.region.missing('listeners', id) ?? { what, remedy: `Check the entries of ${accessControl.ids.join(', ')}.` }
  );
}

/** The addresses of a CLB access control list that the link does not call from. */
function controlWays(
  input: CheckInput,
  { link }: IntegrationView,
  { accessControl, ...listener }: Listener,
): readonly Evidence[] {
  const blocks = readBlocks(accessControl?.cidrBlocks ?? []);
  const source = listSource(input, link, listener);
  if (source.missing !== undefined || !reachOf(blocks, source).more) return [];
  const text = (accessControl?.cidrBlocks ?? []).join(', ');
  return [
    { kind: 'access control list', id: accessControl?.ids.join(', ') || listener.id, text: `the list allows ${text}` },
  ];
}

/** Whether a rule allows callers other than the link; the missing fact if it cannot be determined. */
function letsOthersIn({ rule, blocks, missing }: PortRule, source: Source | undefined): boolean | Missing {
  if (rule.action === 'drop') return false;
  if (rule.narrowed !== undefined) return missing ?? false;
  const everybody = isForAll({ blocks });
  if (source === undefined || everybody) return everybody;
  // The allowed caller may be the link, if the source addresses of the link are not known.
  if (source.missing !== undefined && source.blocks.length === 0) return source.missing;
  if (rule.securityGroupId !== undefined) return !source.groupIds.includes(rule.securityGroupId);
  if (blocks === undefined) return missing ?? false;
  return reachOf(blocks, source).more;
}

function isForAll({ blocks }: Pick<PortRule, 'blocks'>): boolean {
  return blocks?.some(({ bits }) => bits === 0) === true;
}

function remedyFor(backend: Backend): string {
  if (backend.kind !== 'balancer' || backend.balancer.is !== 'found') return 'Allow inbound calls only from the link.';
  const { kind, scheme, id, name } = backend.balancer.value;
  if (kind === 'classic') return `Add an access control list that allows only the link to the listener of ${id}.`;
  return scheme === 'internet-facing'
    ? `Put the backend behind an internal load balancer instead of ${name}.`
    : `Create ${name} again with a security group that allows only the link: one created without groups cannot get any later.`;
}
