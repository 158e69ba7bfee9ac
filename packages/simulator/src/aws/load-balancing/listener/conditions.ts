import { raise } from '../../../simulation/raise.js';
import type { LoadBalancerRow, RuleCondition, RuleTransform } from '../state.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { parseBlock } from '../../ec2/request/text-rules.js';
import { invalid } from '../request.js';
import { ownValue } from '../../../simulation/own-value.js';
import { listenerAt } from '../find.js';

/** The members of a condition that each field may have, beside `Field`. */
const MEMBERS: Readonly<Record<string, readonly (keyof RuleCondition)[]>> = {
  'http-header': ['HttpHeaderConfig'],
  'http-request-method': ['HttpRequestMethodConfig'],
  'host-header': ['Values', 'HostHeaderConfig', 'RegexValues'],
  'query-string': ['QueryStringConfig'],
  'source-ip': ['SourceIpConfig'],
  'path-pattern': ['Values', 'PathPatternConfig', 'RegexValues'],
};
/** Fields that a rule may test only once. */
const ONCE = new Set(['host-header', 'path-pattern', 'http-request-method', 'source-ip']);
const WILDCARD = /(?<!\\)[*?]/g;

/**
 * Longest values, in characters.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html
 */
const VALUE_LENGTH = 128;
const METHOD_LENGTH = 40;
const HEADER_NAME_LENGTH = 40;

/**
 * Checks a rule's conditions and completes them: a condition given by `Values` also shows its config, and the other way round.
 * @throws {ServiceError} `ValidationError`, `InvalidConfigurationRequest`.
 */
export function completeConditions(
  call: AwsCall,
  { fields }: LoadBalancerRow,
  conditions: readonly RuleCondition[],
): RuleCondition[] {
  if (conditions.length === 0) throw invalid('A condition must be specified');

  const complete = conditions.map(fields.Type === 'network' ? familyCondition : completeCondition);
  for (const field of ONCE) {
    if (complete.filter((condition) => condition.Field === field).length > 1) {
      throw invalid(`A rule can only have one '${field}' condition`);
    }
  }
  const values = complete.flatMap(texts);
  const mostValues = call.quota('condition-values-per-rule');
  if (values.length > mostValues) throw invalid(`A rule can only have '${mostValues}' condition values`);

  const wildcards = values.reduce((sum, value) => sum + (value.match(WILDCARD)?.length ?? 0), 0);
  const mostWildcards = call.quota('condition-wildcards-per-rule');
  if (wildcards > mostWildcards) throw invalid(`A rule can only have '${mostWildcards}' condition wildcards`);

  return complete;
}

/**
 * The one condition of network load balancers: the family of the caller's address. The words are [I].
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-rule.html
 */
function familyCondition(condition: RuleCondition): RuleCondition {
  const { Field: field = '', SourceIpConfig: { IpAddressType: family, Values: values = [] } = {} } = condition;
  if (field !== 'source-ip') throw invalid(`Condition field '${field}' must be one of 'source-ip'`);
  if (family === undefined || values.length > 0) throw invalid("An 'IpAddressType' must be specified with 'source-ip'");
  if (family !== 'ipv4' && family !== 'ipv6') throw invalid(`IP address type '${family}' must be one of 'ipv4,ipv6'`);

  return { Field: field, SourceIpConfig: { IpAddressType: family } };
}

function completeCondition(condition: RuleCondition): RuleCondition {
  const { Field: field = '' } = condition;
  const members =
    ownValue(MEMBERS, field) ??
    raise(invalid(`Condition field '${field}' must be one of '${Object.keys(MEMBERS).join(',')}'`));

  for (const [member, value] of Object.entries(condition)) {
    if (member === 'Field' || value === undefined || members.includes(member as keyof RuleCondition)) continue;

    throw invalid(`The '${member}' field is not compatible with '${field}'`);
  }
  checkCondition(field, condition);
  return withBothForms(field, condition);
}

function checkCondition(field: string, condition: RuleCondition): void {
  if (condition.SourceIpConfig?.IpAddressType !== undefined) {
    throw invalid("An 'IpAddressType' can be specified only for network load balancers");
  }

  const config = members(field, condition) ?? raise(invalid(wanting(field)));

  const both = config.Values !== undefined && config.RegexValues !== undefined;
  if (both) {
    throw invalid(
      `You must provide exactly one of the following: ['Values' 'RegexValues'] for config of type '${field}'`,
    );
  }
  if (condition.Values !== undefined && (condition.HostHeaderConfig ?? condition.PathPatternConfig) !== undefined) {
    throw invalid(`You cannot provide both Values and '${CONFIGS[field]}' for a condition of type '${field}'`);
  }
  if (condition.Values !== undefined && condition.Values.length > 1) {
    throw invalid(`The '${field}' field contains too many values; the limit is '1'`);
  }

  const values = texts(condition);
  if (values.length === 0) throw invalid('A condition value must be specified');

  if (field === 'http-header') checkHeaderName(condition.HttpHeaderConfig?.HttpHeaderName);
  for (const value of values) checkText(field, value);
}

const CONFIGS: Readonly<Record<string, string>> = {
  'host-header': 'HostHeaderConfig',
  'path-pattern': 'PathPatternConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
};

function wanting(field: string): string {
  if (field === 'host-header' || field === 'path-pattern') return 'A condition value must be specified';

  const config = CONFIGS[field] ?? '';
  return `${/^[AEIOU]/.test(config) ? 'An' : 'A'} '${config}' must be specified with '${field}'`;
}

function members(field: string, condition: RuleCondition): { Values?: unknown; RegexValues?: unknown } | undefined {
  if (condition.Values !== undefined || condition.RegexValues !== undefined) return condition;

  switch (field) {
    case 'host-header':
      return condition.HostHeaderConfig;
    case 'path-pattern':
      return condition.PathPatternConfig;
    case 'http-header':
      return condition.HttpHeaderConfig;
    case 'http-request-method':
      return condition.HttpRequestMethodConfig;
    case 'query-string':
      return condition.QueryStringConfig;
    default:
      return condition.SourceIpConfig;
  }
}

/** Every text that a condition compares with. */
function texts(condition: RuleCondition): string[] {
  const pairs = condition.QueryStringConfig?.Values?.map(
    ({ Key, Value }) => `${Key === undefined ? '' : `${Key}=`}${Value ?? ''}`,
  );
  if (pairs !== undefined) return pairs;

  const config: { Values?: string[] | undefined; RegexValues?: string[] | undefined } | undefined =
    condition.HostHeaderConfig ??
    condition.PathPatternConfig ??
    condition.HttpHeaderConfig ??
    condition.HttpRequestMethodConfig ??
    condition.SourceIpConfig;
  return condition.Values ?? condition.RegexValues ?? config?.Values ?? config?.RegexValues ?? [];
}

function checkHeaderName(name: string | undefined): void {
  if (name === undefined || name === '') throw invalid("An 'HttpHeaderName' must be specified");
  if (name.length > HEADER_NAME_LENGTH) {
    throw invalid(`The 'HttpHeaderName' value is too long; the limit is '${HEADER_NAME_LENGTH}'`);
  }
  if (name.toLowerCase() === 'host') throw invalid("You cannot specify 'host' as an HTTP header name");
}

function checkText(field: string, value: string): void {
  if (field === 'http-request-method') {
    if (value.length > METHOD_LENGTH) {
      throw invalid(`The 'http-request-method' value is too long; the limit is '${METHOD_LENGTH}'`);
    }
    if (!/^[A-Z_-]+$/.test(value)) throw invalid(`Condition value '${value}' contains a character that is not valid`);

    return;
  }
  if (field === 'source-ip' && parseBlock(value) === undefined) {
    throw invalid(`The specified value '${value}' is not a valid CIDR block`);
  }
  if (value.length > VALUE_LENGTH)
    throw invalid(`Condition value for '${field}' cannot contain more than ${VALUE_LENGTH} characters`);
}

function withBothForms(field: string, condition: RuleCondition): RuleCondition {
  if (field === 'host-header' && !condition.RegexValues) {
    const Values = condition.Values ?? condition.HostHeaderConfig?.Values;
    return Values === undefined ? condition : { Field: field, Values, HostHeaderConfig: { Values } };
  }
  if (field === 'path-pattern' && !condition.RegexValues) {
    const Values = condition.Values ?? condition.PathPatternConfig?.Values;
    return Values === undefined ? condition : { Field: field, Values, PathPatternConfig: { Values } };
  }

  return condition;
}

/**
 * Checks a rule's transforms: one of each type at most, each with its config. None are undefined.
 * @throws {ServiceError} `ValidationError`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleTransform.html
 */
export function checkTransforms(transforms: readonly RuleTransform[]): RuleTransform[] | undefined {
  for (const transform of transforms) {
    const rewrite = transform.Type === 'url-rewrite' ? transform.UrlRewriteConfig : transform.HostHeaderRewriteConfig;
    if (rewrite === undefined) throw invalid(`A config must be specified with a transform of type '${transform.Type}'`);
    if (transforms.filter(({ Type }) => Type === transform.Type).length > 1) {
      throw invalid(`A rule can only have one '${transform.Type}' transform`);
    }
  }
  return transforms.length === 0 ? undefined : [...transforms];
}

/** Refuses to change a listener's default rule separately. @throws {ServiceError} `OperationNotPermitted`. */
export function refuseDefault(call: AwsCall, arn: string): void {
  if (listenerAt(call.state, arn)?.defaultRule.arn === arn)
    throw new ServiceError('OperationNotPermitted', `Default rule '${arn}' cannot be modified`);
}
