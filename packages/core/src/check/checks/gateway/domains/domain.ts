import type { GatewayKindTraits } from '../../../../do/kinds/gateway/gateway-traits.js';
import { aboutThings, thing, type About } from '../../../../do/findings/subject.js';
import type { Outcome } from '../../../../do/findings/check.js';
import type { Evidence } from '../../../../do/findings/finding.js';
import type { Say } from '../../../../do/findings/say-text.js';
import { declaredStages, deployedStage } from '../../../../do/kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../../../do/model/gateway.js';
import { leadsTo, type Lead } from '../../../../do/world/routes/custom-domains.js';
import type { IntegrationView, RegionIndex } from '../../../../do/world/views.js';
import { defineCheck } from '../../define-check.js';
import { unreadDomains } from './unread-domains.js';

/** `gateway/domain`. */
export const gatewayDomain = defineCheck({
  id: 'gateway/domain',
  severity: 'error',
  title: 'Every custom domain of the gateway leads to a stage that serves calls',
  about:
    'A mapping of a custom domain leads to a stage. Calls by a domain whose stage does not exist, was never ' +
    'deployed or has no published API get status 403 or 404. Where every domain of a gateway leads to other ' +
    'stages than the spec declares, that is a note: callers of the declared stages then use the name of the ' +
    'gateway. Which stage routing rules of a domain lead to is in no snapshot. A snapshot without custom ' +
    'domains is not judged.',
  codes: [
    'DOMAINS_NOT_READ',
    'NOT_USABLE',
    'STATE_NOT_DOCUMENTED',
    'RULES_DECIDE',
    'STAGE_ABSENT',
    'STAGES_NOT_READ',
    'NEVER_DEPLOYED',
    'NOTHING_PUBLISHED',
    'OTHER_STAGES',
    'LEADS',
  ],
  *run(input, say) {
    for (const view of input.integrations) {
      const { name, gateway, link } = view;
      if (gateway === undefined) continue;
      const unread = unreadDomains(link.region, gateway);
      if (unread !== undefined) {
        const about = aboutThings(name, thing('gateway', gateway.id));
        yield say.unknown(
          about,
          'DOMAINS_NOT_READ',
          { gateway: gateway.name || gateway.id },
          unread,
          (p) => `the custom domains of ${p.gateway} lead to stages that serve calls`,
        );
      }
      const leads = leadsTo(link.region.region.customDomains ?? [], gateway.id);
      for (const lead of leads) {
        const about = aboutThings(name, thing('domain', lead.domain.id));
        yield ofLead(say, about, { lead, gateway, region: link.region, view });
      }
      if (unread === undefined) yield* otherStages(say, view, gateway, leads);
    }
  },
});

interface OfLead {
  readonly lead: Lead;
  readonly gateway: Gateway;
  readonly region: RegionIndex;
  readonly view: IntegrationView;
}

function ofLead(say: Say, about: About, { lead, gateway, region, view }: OfLead): Outcome {
  const { domain, mapping } = lead;
  const params = { domain: domain.id, path: `/${mapping.path}`, gatewayId: gateway.id, stage: mapping.stage };
  const evidence = [evidenceOf(lead)];
  const { nativeState = '' } = domain;
  if (domain.usable === false) {
    return say.fail(about, 'NOT_USABLE', { ...params, nativeState }, (p) => ({
      message: `${p.domain}, which leads to ${p.gatewayId}, is ${p.nativeState}: this affects calls by it`,
      remedy: `Correct the cause of the state ${p.nativeState} of ${p.domain}, which its provider shows in the remark of the domain.`,
      evidence,
    }));
  }
  if (domain.hasRules === true) {
    const what = `the routing rules of ${domain.id}`;
    const remedy = `Check where the routing rules of ${domain.id} lead calls to.`;
    return say.unknown(about, 'RULES_DECIDE', params, { what, remedy }, (p) => ({
      whether: `calls by ${p.domain} reach ${p.gatewayId}`,
      evidence,
    }));
  }
  const stage = gateway.stages.find(({ name }) => name === mapping.stage);
  if (mapping.stage !== undefined && (stage === undefined || !isDeployed(region.clouds.gateway(gateway.kind), stage))) {
    const missing = region.missing('gateways', gateway.id);
    if (missing !== undefined)
      return say.unknown(about, 'STAGES_NOT_READ', params, missing, (p) => ({
        whether: `stage ${p.stage} of ${p.gatewayId}, to which ${p.domain} leads, serves calls`,
        evidence,
      }));
    const isByApply = view.spec.owner !== 'external' && deployedStage(view.spec.gateway) === mapping.stage;
    if (stage === undefined && !isByApply)
      return say.fail(about, 'STAGE_ABSENT', params, (p) => ({
        message: `${p.domain} maps ${p.path} to stage ${p.stage} of ${p.gatewayId}, which does not exist`,
        remedy: `Create stage ${p.stage} of ${p.gatewayId}, or map ${p.path} of ${p.domain} to a stage that exists.`,
        evidence,
      }));
    // Where a reference names no stage, an apply deploys all of them.
    const isMended = view.spec.owner !== 'external' && deployedStage(view.spec.gateway) === undefined;
    if (!isByApply)
      return say.fail(about, 'NEVER_DEPLOYED', { ...params, isMended }, (p) => ({
        message: `${p.domain} maps ${p.path} to stage ${p.stage} of ${p.gatewayId}, which was never deployed: its routes do not receive calls`,
        remedy: p.isMended
          ? `Run \`postern apply\`: it deploys ${p.gatewayId} to stage ${p.stage}.`
          : `Deploy ${p.gatewayId} to stage ${p.stage}.`,
        mendedBy: p.isMended ? 'apply' : undefined,
        evidence,
      }));
  }
  if (mapping.stage !== undefined && hasNothingOn(gateway, mapping.stage)) {
    return say.fail(about, 'NOTHING_PUBLISHED', params, (p) => ({
      message: `${p.domain} is bound to stage ${p.stage} of ${p.gatewayId}, on which no API is published`,
      remedy: `Publish the APIs of ${p.gatewayId} to stage ${p.stage}, or bind ${p.domain} to another stage.`,
      evidence,
    }));
  }
  if (domain.usable === undefined && domain.nativeState !== undefined) {
    const what = `whether calls by a domain that is ${nativeState} are answered`;
    const remedy = `Check the state of ${domain.id}.`;
    return say.unknown(about, 'STATE_NOT_DOCUMENTED', { ...params, nativeState }, { what, remedy }, (p) => ({
      whether: `calls by ${p.domain} are answered`,
      evidence,
    }));
  }
  return say.pass(
    about,
    'LEADS',
    () => params,
    (p) => ({ message: `${p.domain} maps ${p.path} to ${p.stage ?? 'each stage'} of ${p.gatewayId}`, evidence }),
  );
}

function isDeployed(
  { routesNeedDeployment }: GatewayKindTraits,
  { autoDeploy, deploymentId }: Gateway['stages'][number],
): boolean {
  return !routesNeedDeployment || autoDeploy || deploymentId !== undefined;
}

/** Whether routes are published one by one, and none of them is on this stage. */
function hasNothingOn({ routes }: Gateway, stage: string): boolean {
  return routes.length > 0 && routes.every(({ publishedOn }) => publishedOn?.includes(stage) === false);
}

/** Domains lead to the gateway, and none of them to a stage that the spec declares. */
function* otherStages(
  say: Say,
  { name, spec }: IntegrationView,
  gateway: Gateway,
  leads: readonly Lead[],
): Generator<Outcome> {
  const declared = declaredStages(spec.gateway) ?? [];
  const stages = [...new Set(leads.flatMap(({ mapping }) => mapping.stage ?? []))];
  const isUndecided = leads.some(({ domain, mapping }) => mapping.stage === undefined || domain.hasRules === true);
  if (leads.length === 0 || isUndecided || stages.some((stage) => declared.includes(stage))) return;
  if (declared.length === 0) return;
  const about = aboutThings(name, thing('gateway', gateway.id));
  const params = { gateway: gateway.name || gateway.id, gatewayId: gateway.id, stages, declared };
  yield say.fail(about, 'OTHER_STAGES', params, (p) => ({
    message: `the custom domains of ${p.gateway} (${p.gatewayId}) lead to stage ${p.stages.join(', ')} only, and the spec declares ${p.declared.join(', ')}`,
    remedy: `Map a custom domain to ${p.declared.join(' or ')} of ${p.gatewayId}, where callers should use one.`,
    evidence: leads.map(evidenceOf),
    severity: 'note',
  }));
}

function evidenceOf({ domain, mapping }: Lead): Evidence {
  const state = domain.nativeState === undefined ? '' : `, ${domain.nativeState}`;
  const text = `/${mapping.path} to ${[mapping.gatewayId, mapping.stage].filter(Boolean).join(' ')}${state}`;
  return { kind: 'domain', id: domain.id, text };
}
