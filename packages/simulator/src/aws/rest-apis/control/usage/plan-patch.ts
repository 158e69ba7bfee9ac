import type { ApiStage, PatchOperation, QuotaSettings, ThrottleSettings } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../../operation/operation.js';
import type { UsagePlanRow } from '../state.js';
import { rule, readMember, readNumber, textMember, withMember, type PatchRule, type PatchTable } from '../patch.js';
import { checkApiStage, readApiStage, stageName, stageOfPlan, stageTwice, checkThrottle } from './api-stages.js';

type Plan = UsagePlanRow['fields'];
type Rule = PatchRule<Plan>;

/**
 * What UpdateUsagePlan changes. The names of the placeholders, and the order of what can be removed, are those of
 * the service's sentence.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 * @see https://github.com/boto/boto3/issues/2629
 */
export function planPatchTable(call: AwsCall): PatchTable<Plan> {
  return {
    '/apiStages': apiStages(call),
    '/quota': rule(['remove'], (row) => withMember(row, 'quota', undefined)),
    '/throttle': rule(['remove'], (row) => withMember(row, 'throttle', undefined)),
    '/productCode': rule(['replace', 'remove'], (row, { op, value }) =>
      withMember(row, 'productCode', op === 'remove' ? undefined : value),
    ),
    '/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>': rule(
      ['remove'],
      (row, { keys: [stage, path, verb] }) => throttled(row, stage, `${path}/${verb}`, undefined),
    ),
    '/apiStages/<apidId:stageName>/throttle': rule(['remove'], (row, { keys: [stage] }) =>
      withStage(row, stage, (each) => withMember(each, 'throttle', undefined)),
    ),
    '/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/rateLimit': methodLimit('rateLimit'),
    '/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/burstLimit': methodLimit('burstLimit'),
    '/name': readMember('name', (value) => value ?? ''),
    '/description': textMember('description'),
    '/throttle/rateLimit': throttle('rateLimit'),
    '/throttle/burstLimit': throttle('burstLimit'),
    '/quota/limit': quota('limit', readNumber),
    '/quota/offset': quota('offset', readNumber),
    '/quota/period': quota('period', (value) => value),
  };
}

const METHOD_LIMIT = /^(\/apiStages\/[^/]+\/throttle\/)(\/.*)(\/[A-Z]+(?:\/(?:rateLimit|burstLimit))?)$/;

/**
 * A change whose path has the path of a resource as it is (`…/throttle//pets/GET/rateLimit`), with the slashes escaped:
 * the service takes both.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/usage_plan.go
 */
export function escaped(operation: PatchOperation): PatchOperation {
  const [, before, resource, after] = METHOD_LIMIT.exec(operation.path ?? '') ?? [];
  if (resource === undefined) return operation;

  return { ...operation, path: `${before}${resource.replaceAll('/', '~1')}${after}` };
}

function apiStages(call: AwsCall): Rule {
  return rule(['add', 'remove'], (row, { op, value }) => {
    const named = readApiStage(value);
    const others = (row.apiStages ?? []).filter((each) => stageName(each) !== stageName(named));
    if (op === 'remove') {
      stageOfPlan(row, named);
      return { ...row, apiStages: others };
    }

    checkApiStage(call, named);
    if (others.length < (row.apiStages ?? []).length) throw stageTwice(named);

    return { ...row, apiStages: [...others, named] };
  });
}

function throttle(name: keyof ThrottleSettings): Rule {
  return rule(['replace'], (row, { value }) => ({ ...row, throttle: { ...row.throttle, [name]: readNumber(value) } }));
}

function quota(name: keyof QuotaSettings, read: (value: string | undefined) => unknown): Rule {
  return rule(['replace'], (row, { value }) => ({ ...row, quota: { ...row.quota, [name]: read(value) } }));
}

function methodLimit(name: keyof ThrottleSettings): Rule {
  return rule(['add', 'replace'], (row, { keys: [stage, path, verb], value }) => {
    const method = `${path}/${verb}`;
    const present = stageOfPlan(row, readApiStage(stage)).throttle?.[method];
    const settings = { ...present, [name]: readNumber(value) };
    checkThrottle(settings);
    return throttled(row, stage, method, settings);
  });
}

/** The plan with other limits of one method of a stage, or without any. The key of `/pets` and GET is `/pets/GET`. */
function throttled(row: Plan, stage: string | undefined, method: string, settings: ThrottleSettings | undefined): Plan {
  return withStage(row, stage, (each) => {
    const { [method]: _, ...others } = each.throttle ?? {};
    return { ...each, throttle: settings ? { ...others, [method]: settings } : others };
  });
}

function withStage(row: Plan, name: string | undefined, change: (stage: ApiStage) => ApiStage): Plan {
  const wanted = stageOfPlan(row, readApiStage(name));
  return { ...row, apiStages: (row.apiStages ?? []).map((each) => (each === wanted ? change(each) : each)) };
}
