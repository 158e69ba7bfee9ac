import { InvalidInputError, PosternError, hashJson } from '@postern/core/internal/adapter';
import { fewText } from '@postern/core/internal/cloud';
import { CLOUD_NATIVE_TYPES } from '../../../cloud-native/cloud/types.js';
import { INSTANCE_RETIREMENT } from '../../cloud/retirement.js';
import { assess, itemName, type AssessOptions } from '../assess/assess.js';
import type { Assessment } from '../assess/assessment.js';
import { vpcsOf } from '../assess/rules/targets.js';
import { type TargetGateway, viewOf, type AssessView } from '../assess/view.js';
import { apiTypeOf, neededBy, peakText, typeFor, typeTaking } from '../mapping/route-match.js';
import type { HandoverSource } from '../source/source.js';
import {
  withHandoverFingerprint,
  namesFrom,
  HANDOVER_PLAN_VERSION,
  type HandoverPlan,
  type ExpectedStep,
} from './fingerprint.js';
import { planConsumers, planDomains, planRecords, planRules } from './plan-callers.js';
import { planRoutes, planServices } from './plan-routes.js';
import type { PlannedGateway, PlannedStage } from './plan-values.js';

/**
 * Seconds that one of each takes, from the durations of acceptance tests of Terraform's provider, which poll every 30 seconds [I]:
 * a gateway is created in two to three minutes; rules, consumers and authorizations appear in lists within ten seconds.
 * @see https://github.com/aliyun/terraform-provider-alicloud pull requests 10291, 10322, 10326
 */
const SECONDS = { gateway: 150, rules: 10, services: 3, routes: 5, consumers: 10, domains: 5 } as const;

/** One TTL of the record, which is not known here: ten minutes is the default of Alibaba Cloud DNS. */
const TTL_SECONDS = 600;

/** How long each part takes. Gateways are created side by side; all other writes of one gateway follow each other. */
function expectedSteps(stages: readonly PlannedStage[]): readonly ExpectedStep[] {
  const bought = stages.filter(({ gateway }) => 'purchase' in gateway).length;
  const largest = (count: (stage: PlannedStage) => number): number => Math.max(0, ...stages.map(count));
  const total = (count: (stage: PlannedStage) => number): number =>
    stages.reduce((sum, stage) => sum + count(stage), 0);
  const step = (name: Exclude<ExpectedStep['step'], 'gateway' | 'switch'>): ExpectedStep => ({
    step: name,
    count: total((stage) => stage[name].length),
    seconds: largest((stage) => stage[name].length) * SECONDS[name],
  });
  return [
    { step: 'gateway', count: bought, seconds: bought === 0 ? 0 : SECONDS.gateway },
    step('rules'),
    step('services'),
    step('routes'),
    step('consumers'),
    step('domains'),
    { step: 'switch', count: total(({ records }) => records.length), seconds: TTL_SECONDS },
  ];
}

/** A vSwitch, and the VPC that it is in. */
export interface PurchaseVSwitch {
  readonly id: string;
  readonly vpcId: string;
}

/** How a hand-over is planned. */
export interface PlanHandoverOptions extends AssessOptions {
  /** What is bought for a stage without a gateway. Without it, a plan that needs a gateway is refused. */
  readonly purchase?:
    | {
        readonly vSwitchIds: readonly string[];
        /** Those of them that exist, where they were read. */
        readonly vSwitches?: readonly PurchaseVSwitch[] | undefined;
        /** Default: the smallest type that takes as many new HTTPS connections as the instance. */
        readonly spec?: string | undefined;
        readonly chargeType?: 'POSTPAY' | 'PREPAY' | undefined;
      }
    | undefined;
  /** Certificates by domain, where the group does not name one of Certificate Management Service: `1234567-cn-hangzhou`. */
  readonly certificates?: Readonly<Record<string, string>> | undefined;
}

/**
 * What a hand-over builds. Pure, and the same in whichever order the lists of the source are.
 * @throws {PosternError} `FINDINGS_FAILED` where something is blocked or unknown and not waived. {InvalidInputError}
 *   `NOT_FOUND` and `WRONG_NETWORK` for a vSwitch of a purchase; `INVALID_INPUT` where a stage has neither a gateway nor a purchase, or a domain of HTTPS has no certificate.
 */
export function planHandover(source: HandoverSource, options: PlanHandoverOptions = {}): HandoverPlan {
  const { targets = [], waivers = [], now = source.takenAt } = options;
  const assessment = assess(source, options);
  requireReady(assessment);
  const view = viewOf({ source, targets, now: Date.parse(now) });
  const stages = [...view.stages.keys()].map((stage) => planStage(view, stage, assessment, options));
  const { provider, region, account, group, takenAt } = source;
  return withHandoverFingerprint({
    version: HANDOVER_PLAN_VERSION,
    kind: 'handover',
    handover: hashJson({ provider, region, account, group: group.id, stages: stages.map(({ stage }) => stage) }),
    provider,
    region,
    account,
    group: { id: group.id, name: group.name },
    takenAt,
    digest: assessment.digest,
    stages,
    waivers: waivers.map(({ item, reason }) => ({ item, reason })),
    expected: expectedSteps(stages),
    undo: undoOf(source),
    notes: [
      ...stages.flatMap((stage) => sizeNote(stage, source)),
      ...assessment.items
        .filter(({ verdict, apis }) => verdict === 'changed' && apis.length === 0)
        .map(({ message }) => message),
    ],
  });
}

function requireReady({ ready, items, group }: Assessment): void {
  if (ready) return;

  const open = items.filter(({ verdict }) => verdict === 'blocked' || verdict === 'unknown');
  const names = fewText([...new Set(open.map(itemName))], 5);
  throw new PosternError('FINDINGS_FAILED', `${group.name} cannot be handed over: ${names}`, {
    remedy: 'Run `postern handover assess` for what to do, or waive what may be given up.',
    details: { items: open.map(({ rule, code, source }) => ({ rule, code, subject: source.name })) },
  });
}

function planStage(
  view: AssessView,
  stage: string,
  assessment: Assessment,
  options: PlanHandoverOptions,
): PlannedStage {
  const published = view.stages.get(stage) ?? [];
  const services = planServices(view, published);
  const routes = planRoutes(view, published, services);
  const domains = planDomains(view, stage, assessment, options.certificates ?? {});
  const bare = domains.find(({ protocol, certificate }) => protocol === 'HTTPS' && certificate === undefined);
  if (bare !== undefined) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `the domain ${bare.name} needs a certificate of Certificate Management Service`,
      { remedy: `Upload it there, and name it: --certificate ${bare.name}=IDENTIFIER.` },
    );
  }

  return {
    stage,
    gateway: gatewayOf(view, stage, options),
    api: {
      name: namesFrom()(`${view.source.group.name}-${stage}`),
      type: apiTypeOf(published),
      basePath: view.source.group.basePath,
    },
    services: services.services,
    routes,
    consumers: planConsumers(view, published, routes),
    domains,
    rules: planRules(view, stage, services.services),
    records: planRecords(view, domains),
    todos: assessment.items.flatMap(({ verdict, stage: of, rule, source, who, remedy }) =>
      verdict === 'changed' && remedy !== undefined && who !== 'none' && (of === undefined || of === stage)
        ? [{ rule, subject: source.name, text: remedy }]
        : [],
    ),
  };
}

/** The gateway of a stage: the one that is named for it, the only one where there is one stage, or a new one. */
function gatewayOf(view: AssessView, stage: string, { targets = [], purchase }: PlanHandoverOptions): PlannedGateway {
  const own = targets.find((one) => one.stage === stage) ?? onlyOne(view, targets);
  if (own !== undefined) return { adopt: own.id };

  const { group, instance } = view.source;
  const [vpcId] = vpcsOf(view);
  if (purchase === undefined || vpcId === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `stage ${stage} has no target gateway`, {
      remedy: `Name one (--gateway ${view.stages.size > 1 ? `${stage}=` : ''}gw-…), or allow a purchase with the vSwitches of a new one (--vswitch vsw-…).`,
    });
  }

  requireVSwitches(purchase, vpcId, view.source.region);
  const type = typeFor(instance?.spec);
  const spec = purchase.spec ?? type.name;
  const byInternet = group.domains.length > 0 || !group.subDomainDisabled;
  return {
    purchase: {
      name: namesFrom()(`${group.name}-${stage}`),
      spec,
      vpcId,
      vSwitchIds: purchase.vSwitchIds,
      access: group.vpcDomains.length === 0 ? 'Internet' : byInternet ? 'InternetAndIntranet' : 'Intranet',
      chargeType: purchase.chargeType ?? 'POSTPAY',
      ...(spec === type.name ? { hourlyUsd: type.hour } : {}),
    },
  };
}

/** The service refuses others when the gateway is created. */
function requireVSwitches(
  { vSwitchIds, vSwitches }: NonNullable<PlanHandoverOptions['purchase']>,
  vpcId: string,
  region: string,
): void {
  if (vSwitches === undefined) return;

  for (const id of vSwitchIds) {
    const found = vSwitches.find((one) => one.id === id);
    if (found === undefined) {
      throw new InvalidInputError('NOT_FOUND', `vSwitch ${id} does not exist in ${region}`, {
        remedy: `Name a vSwitch of ${vpcId}, in which the backends of the group are.`,
      });
    }
    if (found.vpcId !== vpcId) {
      throw new InvalidInputError('WRONG_NETWORK', `vSwitch ${id} is in ${found.vpcId}, the backends are in ${vpcId}`, {
        remedy: `Name a vSwitch of ${vpcId}.`,
      });
    }
  }
}

/** A gateway is bought as large as the instance is. What was measured may allow a smaller type, which the user decides. */
function sizeNote({ stage, gateway }: PlannedStage, { instance }: HandoverSource): readonly string[] {
  const peak = instance?.peak;
  if (peak === undefined || 'adopt' in gateway) return [];

  const smallest = typeTaking(neededBy(peak));
  const planned = CLOUD_NATIVE_TYPES.findIndex(({ name }) => name === gateway.purchase.spec);
  if (smallest === undefined || planned <= CLOUD_NATIVE_TYPES.indexOf(smallest)) return [];

  return [
    `${stage}: the instance had at most ${peakText(peak)} within a week. ${smallest.name} takes ${smallest.newConnections} new connections a second, and ${gateway.purchase.spec} is planned. The type cannot be changed later.`,
  ];
}

const onlyOne = ({ stages }: AssessView, targets: readonly TargetGateway[]): TargetGateway | undefined =>
  stages.size === 1 && targets.length === 1 ? targets.find(({ stage }) => stage === undefined) : undefined;

/** Until the record is changed nothing old changes; after it the record leads back while the classic service answers. */
function undoOf({ instance }: HandoverSource): readonly string[] {
  const end = INSTANCE_RETIREMENT.find(({ ends }) => ends === 'service')?.at ?? '';
  const paid = instance?.paidUntil;
  const last = paid !== undefined && Date.parse(paid) < Date.parse(end) ? paid : end;
  return [
    'Before the switch nothing of the classic service changes: what was built can be deleted.',
    `After the switch the former record leads back until the classic group is taken offline, at the latest until ${last}.`,
  ];
}
