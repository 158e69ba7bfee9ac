import { fail, pass, unknown } from '../../../do/findings/say.js';
import type { Listener, LoadBalancer } from '../../../do/model/load-balancer.js';
import type { SecurityGroup } from '../../../do/model/network.js';
import type { CheckInput, IntegrationView, LinkView, Missing } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { portRulesOf, type InboundFilter, type PortRule } from '../callers/port-rules.js';
import { reachOf } from '../callers/admission.js';
import { settingsMissing, type Backend } from '../../path/balancers/backend.js';
import { readBlocks } from '../../path/model/group-set.js';
import { callerNames, type DeclaredCaller } from '../callers/caller-names.js';
import { callersMissing, callersWith, declaredCallers, withCallers } from '../callers/declared-callers.js';
import { ruleFacts, balancerText, ruleFactsText, type RuleFacts } from '../../../do/findings/evidence.js';
import { filterEvidence, inboundFiltersOf } from '../callers/groups-of-target.js';
import { sourceOf, type Source } from '../../path/sources/link-source.js';
import { liveCallsMissing } from '../callers/live-targets.js';
import { listSource, liveSource } from '../callers/live-source.js';
import { backends, type BackedTarget } from '../../path/balancers/balancers.js';
import { defineCheck } from '../define-check.js';
import { callersText, type Caller } from '../egress/clauses.js';

/** What lets callers reach a backend without the gateway, as plain facts. */
type Exposure =
  | { readonly rule: RuleFacts }
  | { readonly balancer: Pick<LoadBalancer, 'name' | 'kind' | 'scheme' | 'state'> }
  | {
      readonly listener: { readonly protocol: string; readonly port: number };
      readonly list: 'none' | 'deny' | 'empty';
    }
  | { readonly allowed: readonly string[] }
  | { readonly ungrouped: string };

const LISTS = {
  none: 'no access control list',
  deny: 'a deny list, which rejects only some callers',
  empty: 'an empty list, which allows all callers',
} as const;

/** `in tcp 443 from 0.0.0.0/0 (sg-1)`, `HTTP 80, no access control list`, `orders-nlb has no security group`. */
function exposureText(one: Exposure): string {
  if ('rule' in one) return ruleFactsText(one.rule);
  if ('balancer' in one) return balancerText(one.balancer);
  if ('listener' in one) return `${one.listener.protocol} ${one.listener.port}, ${LISTS[one.list]}`;

  return 'allowed' in one ? `the list allows ${one.allowed.join(', ')}` : `${one.ungrouped} has no security group`;
}

/** An exposure, and the resource that shows it. */
type Exposed = Pick<Evidence, 'kind' | 'id'> & { readonly fact: Exposure };

export const targetExposed = defineCheck({
  id: 'target/exposed',
  severity: 'warning',
  title: 'The backend can be reached only through the gateway',
  about:
    'A gateway can require something of callers: a key, a token, a rate. Callers bypass it if the backend accepts calls from others, too: ' +
    'if its load balancer is internet-facing, or if its security group or access control list allows more than the link. ' +
    'If other callers have good reasons, declare this with `ignore`.',
  codes: {
    EXPOSED: fail('the backend can be reached without the gateway: {found:;}', [
      '[First read {unread}: callers that are not known may need a rule. Then restrict|Restrict] the inbound rules of {group} to {only}, or ignore this finding with the reason why others may call.',
      'Add an access control list that allows {allowed} to the listener of {classic}.',
      'Put the backend behind an internal load balancer instead of {public}.',
      'Create {inner} again with a security group that allows only the link: one created without groups cannot get any later.',
      'Allow inbound calls only from the link.',
    ]),
    EXPOSURE_NOT_READ: unknown('the backend can be reached without the gateway'),
    NOT_EXPOSED: pass('the backend allows inbound calls only from link {link}'),
  },
  *run(input, say) {
    for (const backed of backends(input)) {
      const { integration, target, about, backend } = backed;
      const { link } = integration;
      const { filters, unfiltered, missing } = inboundFiltersOf(input, integration, target, backend);
      const exposures: Exposed[] = exposuresOf(input, backed);
      // Behind PrivateLink, AWS asks for the groups to be off, and their rules apply to other callers.
      const source: Source | undefined =
        link.traits.callsFrom === 'load balancer' ? undefined : liveSource(input, backed);
      let unread: Missing | undefined = missing ?? (filters.length > 0 ? source?.missing : undefined);
      unread ??= unreadScheme(integration, backend) ?? unreadControl(integration, backend);
      let place: { readonly group: SecurityGroup; readonly filter: InboundFilter } | undefined;
      let hidden: Missing | undefined;
      for (const filter of filters) {
        const entrance = portRulesOf(filter);
        unread ??= entrance.missing;
        for (const rule of entrance.rules) {
          const others = letsOthersIn(rule, source, () => callersAt(input, rule, filter));
          const unseen = others === true ? (source?.missing ?? callersMissing(input, filter.region)) : undefined;
          if (typeof others === 'object') unread ??= others;
          // A rule for all addresses is not for one caller; any other rule may be for a caller that was not read.
          else if (unseen !== undefined && !isForAll(rule)) unread ??= unseen;
          else if (others) {
            place ??= { group: rule.group, filter };
            hidden ??= unseen ?? liveCallsMissing(input, filter.region);
            const { id = rule.group.id } = rule.rule;
            exposures.push({ kind: 'security group rule', id, fact: { rule: ruleFacts(rule.group, rule.rule) } });
          }
        }
      }
      for (const one of unfiltered) {
        exposures.push({ kind: 'load balancer', id: backend.id, fact: { ungrouped: one } });
      }
      if (exposures.length > 0) {
        const found = exposures.map(({ kind, id, fact }) => ({ kind, id, text: exposureText(fact) }));
        const callers = place && callersOf(input, link, source, place);
        const balancer = place === undefined ? balancerOf(backend) : undefined;
        const blocks = place === undefined ? blocksOf(input, backed) : undefined;
        yield say.EXPOSED(
          about,
          {
            exposures: exposures.map(({ fact }) => fact),
            group: place?.group.id,
            ...callers,
            unread: hidden?.what,
            balancer,
            blocks,
          },
          {
            evidence: found,
            words: {
              found: found.map(({ text }) => text),
              only: onlyText(callers?.caller, callers?.callers ?? []),
              allowed: blocks === undefined ? 'all links that call it, but no others,' : `only ${blocks.join(' and ')}`,
              ...balancerWords(balancer),
            },
          },
        );
      } else if (unread !== undefined) yield say.EXPOSURE_NOT_READ(about, {}, unread);
      else if (filters.length > 0 || (backend.kind === 'balancer' && backend.balancer.is === 'found')) {
        yield say.NOT_EXPOSED(about, { link: link.name }, filters.map(filterEvidence));
      }
    }
  },
});

/** The callers that a group is to allow; none if the source addresses of the link are not known. */
function callersOf(
  input: CheckInput,
  link: LinkView,
  source: Source | undefined,
  { group, filter }: { readonly group: SecurityGroup; readonly filter: InboundFilter },
): Partial<ReturnType<typeof callersWith>> {
  const names = source === undefined ? [] : callerNames(link, source, { groups: [group], byBlocks: filter.byBlocks });
  if (names.length === 0) return { callers: [] };

  return callersWith({ port: filter.port, names }, input, filter.region, group.id);
}

/** The callers that the spec declares for the port of a filter, as far as the rule's group filters them. */
function callersAt(input: CheckInput, { group }: PortRule, { region, port }: InboundFilter): readonly DeclaredCaller[] {
  return declaredCallers(input, region, group.id, { fromPort: port, toPort: port });
}

/** What lets callers reach the backend without the gateway, and is not controlled by security groups. */
function exposuresOf(input: CheckInput, backed: BackedTarget): Exposed[] {
  const {
    integration: { link },
    backend,
  } = backed;
  if (backend.kind !== 'balancer' || backend.balancer.is !== 'found') return [];

  const { id, name, kind, scheme, state } = backend.balancer.value;
  const exposures: Exposed[] =
    scheme === 'internet-facing'
      ? [{ kind: 'load balancer', id, fact: { balancer: { name, kind, scheme, state } } }]
      : [];
  if (kind !== 'classic') return exposures;

  const listener = backend.listener;
  if (listener.is !== 'found') return exposures;

  const { accessControl, protocol, port } = listener.value;
  const withList = (list: 'none' | 'deny' | 'empty'): void => {
    exposures.push({ kind: 'listener', id: listener.value.id, fact: { listener: { protocol, port }, list } });
  };
  if (accessControl === undefined) {
    if (settingsMissing(link.region, listener.value) === undefined) withList('none');
  } else if (accessControl.kind === 'deny') withList('deny');
  else if (accessControl.cidrBlocks?.length === 0) withList('empty');
  else exposures.push(...controlExposures(input, backed, listener.value));
  return exposures;
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
function unreadControl({ link }: IntegrationView, backend: Backend): Missing | undefined {
  if (backend.kind !== 'balancer' || backend.balancer.is !== 'found' || backend.balancer.value.kind !== 'classic') {
    return undefined;
  }

  const listener = backend.listener;
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
function controlExposures(
  input: CheckInput,
  backed: BackedTarget,
  { accessControl, ...listener }: Listener,
): readonly Exposed[] {
  const blocks = readBlocks(accessControl?.cidrBlocks ?? []);
  const source = listSource(input, backed, listener);
  if (source.missing !== undefined || !reachOf(blocks, source).more) return [];

  const id = accessControl?.ids.join(', ') || listener.id;
  return [{ kind: 'access control list', id, fact: { allowed: accessControl?.cidrBlocks ?? [] } }];
}

/** Whether a rule allows callers other than the declared ones; the missing fact if it cannot be determined. */
function letsOthersIn(
  { rule, blocks, missing }: PortRule,
  source: Source | undefined,
  callers: () => readonly DeclaredCaller[],
): boolean | Missing {
  if (rule.action === 'drop') return false;
  if (rule.narrowed !== undefined) return missing ?? false;

  const everybody = isForAll({ blocks });
  if (source === undefined || everybody) return everybody;

  const { securityGroupId: group } = rule;
  if (group === undefined && blocks === undefined) return missing ?? false;

  const others =
    group === undefined
      ? blocks !== undefined && reachOf(blocks, source).more && reachOf(blocks, withCallers(source, callers())).more
      : !source.groupIds.includes(group) && !callers().some(({ groupIds }) => groupIds.includes(group));
  // The allowed caller may be the link, where not all of its source addresses are known.
  return others && source.missing !== undefined ? source.missing : others;
}

function isForAll({ blocks }: Pick<PortRule, 'blocks'>): boolean {
  return blocks?.some(({ bits }) => bits === 0) === true;
}

/** The load balancer to change if no security group can be: a CLB instance by its ID, others by their names. */
function balancerOf(backend: Backend): Pick<LoadBalancer, 'name' | 'kind' | 'scheme'> | undefined {
  if (backend.kind !== 'balancer' || backend.balancer.is !== 'found') return undefined;

  const { id, name, kind, scheme } = backend.balancer.value;
  return { name: kind === 'classic' ? id : name, kind, scheme };
}

/** What a security group is to allow. */
function onlyText(caller: Caller | undefined, callers: readonly Caller[]): string {
  return caller === undefined ? 'the CIDR blocks of the link' : callersText(caller, callers);
}

/** The blocks that a CLB listener is called from; undefined where they are not all known. */
function blocksOf(input: CheckInput, backed: BackedTarget): readonly string[] | undefined {
  const { backend } = backed;
  if (backend.kind !== 'balancer' || backend.listener.is !== 'found') return undefined;

  const { blocks, missing } = listSource(input, backed, backend.listener.value);
  return missing === undefined && blocks.length > 0 ? blocks.map(({ text }) => text) : undefined;
}

/** The name of a load balancer, as what decides how to close it. */
function balancerWords(balancer: Pick<LoadBalancer, 'name' | 'kind' | 'scheme'> | undefined) {
  const { name, kind, scheme } = balancer ?? {};
  const isPublic = scheme === 'internet-facing';
  return {
    classic: kind === 'classic' && name,
    public: kind !== 'classic' && isPublic && name,
    inner: kind !== 'classic' && !isPublic && name,
  };
}
