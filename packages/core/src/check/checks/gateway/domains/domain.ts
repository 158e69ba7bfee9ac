import { fail, pass, unknown, type Say } from '../../../../do/findings/say.js';
import type { GatewayKindTraits } from '../../../../do/kinds/gateway/gateway-traits.js';
import { aboutThings, thing, type About } from '../../../../do/findings/subject.js';
import type { Outcome } from '../../../../do/findings/check.js';
import type { Evidence } from '../../../../do/findings/finding.js';
import { declaredStages, deployedStage } from '../../../../do/kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../../../do/model/gateway.js';
import { mappingsTo, type MappedDomain } from '../../../../do/world/routes/custom-domains.js';
import type { IntegrationView, RegionIndex, Missing } from '../../../../do/world/views.js';
import { defineCheck } from '../../define-check.js';

const CODES = {
  DOMAINS_NOT_READ: unknown('the custom domains of {gateway} lead to stages that serve calls'),
  NOT_USABLE: fail(
    '{domain}, which leads to {gatewayId}, is {nativeState}: this affects calls by it',
    'Correct the cause of the state {nativeState} of {domain}, which its provider shows in the remark of the domain.',
  ),
  STATE_NOT_DOCUMENTED: unknown('calls by {domain} are answered'),
  RULES_DECIDE: unknown('calls by {domain} reach {gatewayId}'),
  STAGE_ABSENT: fail(
    '{domain} maps {path} to stage {stage} of {gatewayId}, which does not exist',
    'Create stage {stage} of {gatewayId}, or map {path} of {domain} to a stage that exists.',
  ),
  STAGES_NOT_READ: unknown('stage {stage} of {gatewayId}, to which {domain} leads, serves calls'),
  NEVER_DEPLOYED: fail(
    '{domain} maps {path} to stage {stage} of {gatewayId}, which was never deployed: its routes do not receive calls',
    [
      'if isMended: Run `postern apply`: it deploys {gatewayId} to stage {stage}.',
      'Deploy {gatewayId} to stage {stage}.',
    ],
  ),
  NOTHING_PUBLISHED: fail(
    '{domain} is bound to stage {stage} of {gatewayId}, on which no API is published',
    'Publish the APIs of {gatewayId} to stage {stage}, or bind {domain} to another stage.',
  ),
  OTHER_STAGES: fail(
    'the custom domains of {gateway} ({gatewayId}) lead to stage {stages} only, and the spec declares {declared}',
    'Map a custom domain to {declared:or} of {gatewayId}, where callers should use one.',
    'note',
  ),
  LEADS: pass('{domain} maps {path} to {stage|each stage} of {gatewayId}'),
};

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
  codes: CODES,
  *run(input, say) {
    for (const view of input.integrations) {
      const { name, gateway, link } = view;
      if (gateway === undefined) continue;

      const unread = unreadDomains(link.region, gateway);
      if (unread !== undefined) {
        const about = aboutThings(name, thing('gateway', gateway.id));
        yield say.DOMAINS_NOT_READ(about, { gateway: gateway.name || gateway.id }, unread);
      }
      const leads = mappingsTo(link.region.region.customDomains ?? [], gateway.id);
      for (const lead of leads) {
        const about = aboutThings(name, thing('domain', lead.domain.id));
        yield ofLead(say, about, { lead, gateway, region: link.region, view });
      }
      if (unread === undefined) yield* otherStages(say, view, gateway, leads);
    }
  },
});

interface OfLead {
  readonly lead: MappedDomain;
  readonly gateway: Gateway;
  readonly region: RegionIndex;
  readonly view: IntegrationView;
}

function ofLead(say: Say<typeof CODES>, about: About, { lead, gateway, region, view }: OfLead): Outcome {
  const { domain, mapping } = lead;
  const params = { domain: domain.id, path: `/${mapping.path}`, gatewayId: gateway.id, stage: mapping.stage };
  const evidence = [evidenceOf(lead)];
  const { nativeState = '' } = domain;
  if (domain.usable === false) {
    return say.NOT_USABLE(about, { ...params, nativeState }, evidence);
  }
  if (domain.hasRules === true) {
    const what = `the routing rules of ${domain.id}`;
    const remedy = `Check where the routing rules of ${domain.id} lead calls to.`;
    return say.RULES_DECIDE(about, params, { what, remedy }, evidence);
  }

  if (mapping.stage !== undefined) {
    const found = ofStage(say, about, { lead, gateway, region, view }, { ...params, stage: mapping.stage }, evidence);
    if (found !== undefined) return found;
  }
  if (domain.usable === undefined && domain.nativeState !== undefined) {
    const what = `whether calls by a domain that is ${nativeState} are answered`;
    const remedy = `Check the state of ${domain.id}.`;
    return say.STATE_NOT_DOCUMENTED(about, { ...params, nativeState }, { what, remedy }, evidence);
  }

  return say.LEADS(about, params, evidence);
}

/** Why a stage does not serve the calls of a domain. */
function ofStage(
  say: Say<typeof CODES>,
  about: About,
  { gateway, region, view: { spec } }: OfLead,
  on: { readonly domain: string; readonly path: string; readonly gatewayId: string; readonly stage: string },
  evidence: readonly Evidence[],
): Outcome | undefined {
  const stage = gateway.stages.find(({ name }) => name === on.stage);
  const named = deployedStage(spec.gateway);
  const isByApply = spec.owner !== 'external' && named === on.stage;
  if (stage === undefined || !isDeployed(region.clouds.gateway(gateway.kind), stage)) {
    const missing = region.missing('gateways', gateway.id);
    if (missing !== undefined) return say.STAGES_NOT_READ(about, on, missing, evidence);
    if (stage === undefined && !isByApply) return say.STAGE_ABSENT(about, on, evidence);

    // Where a reference names no stage, an apply deploys all of them.
    const isMended = spec.owner !== 'external' && named === undefined;
    if (!isByApply)
      return say.NEVER_DEPLOYED(about, { ...on, isMended }, { evidence, mendedBy: isMended ? 'apply' : undefined });
  }
  return hasNothingOn(gateway, on.stage) ? say.NOTHING_PUBLISHED(about, on, evidence) : undefined;
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
  say: Say<typeof CODES>,
  { name, spec }: IntegrationView,
  gateway: Gateway,
  leads: readonly MappedDomain[],
): Generator<Outcome> {
  const declared = declaredStages(spec.gateway) ?? [];
  const stages = [...new Set(leads.flatMap(({ mapping }) => mapping.stage ?? []))];
  const isUndecided = leads.some(({ domain, mapping }) => mapping.stage === undefined || domain.hasRules === true);
  if (leads.length === 0 || isUndecided || stages.some((stage) => declared.includes(stage))) return;
  if (declared.length === 0) return;

  const about = aboutThings(name, thing('gateway', gateway.id));
  const params = { gateway: gateway.name || gateway.id, gatewayId: gateway.id, stages, declared };
  yield say.OTHER_STAGES(about, params, leads.map(evidenceOf));
}

/** Which gateway a domain leads to. */
export function evidenceOf({ domain, mapping }: MappedDomain): Evidence {
  const state = domain.nativeState === undefined ? '' : `, ${domain.nativeState}`;
  const text = `/${mapping.path} to ${[mapping.gatewayId, mapping.stage].filter(Boolean).join(' ')}${state}`;
  return { kind: 'domain', id: domain.id, text };
}

/**
 * Why some custom domain that leads to a gateway may be missing. Those of a gateway with settings are read with it. Undefined also
 * where nothing was refused: a snapshot of an older version has no custom domains.
 */
export function unreadDomains(region: RegionIndex, { settings }: Gateway): Missing | undefined {
  if (settings !== undefined) return undefined;

  const missing = region.missing('customDomains');
  return missing?.failed === true ? missing : undefined;
}
