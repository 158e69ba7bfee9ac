import { LISTS, TYPES, type Get, type Values } from './cloudformation-types.js';
import type { RecordedChange, RecordedConfiguration } from './as-pulumi.js';
import { referred, type Referred } from './references.js';

const LATER = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** The logical ID of a resource. */
export const logical = ({ address }: RecordedChange): string => address.replaceAll(/[^A-Za-z0-9]/g, '');

/** A recorded plan of Terraform, as CloudFormation has the same change: the change set, and the template. */
export function asCloudFormation(
  changes: readonly RecordedChange[],
  { resources }: RecordedConfiguration,
): { readonly changeSet: string; readonly template: string } {
  const nameOf = ({ change, attribute = '' }: Referred): Values => {
    const output = OUTPUTS[`${change.type}.${attribute}`];
    return output === undefined ? { Ref: logical(change) } : { 'Fn::GetAtt': [logical(change), output] };
  };
  const declaredOf = ({ type, name }: RecordedChange): Values =>
    resources.find((one) => type === one.type && name === one.name)?.expressions ?? {};
  const attachments = changes.filter(({ type }) => type === 'aws_lb_target_group_attachment');
  /** The integration of a method of a REST API, which is a part of it. */
  const integrationOf = (method: RecordedChange, side: 'before' | 'after'): RecordedChange | undefined => {
    const valueOf = (one: RecordedChange, name: string): unknown => one.change[side]?.[name];
    const resourceOf = (one: RecordedChange): string =>
      referred(changes, declaredOf(one)['resource_id'])
        .map(({ change }) => change.address)
        .join();
    return changes.find((other) => {
      if (other.type !== 'aws_api_gateway_integration' || (other.change[side] ?? null) === null) return false;
      if (valueOf(other, 'http_method') !== valueOf(method, 'http_method')) return false;
      if (valueOf(method, 'resource_id') !== undefined)
        return valueOf(other, 'resource_id') === valueOf(method, 'resource_id');
      // One that takes its resource from the method, as `each.value`, refers to none itself.
      return ['', resourceOf(method)].includes(resourceOf(other));
    });
  };
  const properties = (one: RecordedChange, side: 'before' | 'after', later: boolean): Values | undefined => {
    const values = one.change[side] ?? undefined;
    if (values === undefined) return undefined;
    const unknown = side === 'after' ? (one.change.after_unknown ?? {}) : {};
    const declared = declaredOf(one);
    const get: Get = (attribute) => {
      const path = attribute.split('.');
      const [known, open] = [memberOf(values, path), memberOf(unknown, path)];
      if (open === undefined || open === false) return known;
      const list = referred(changes, memberOf(declared, path)).map((of) => nameOf(of));
      const isKnown = list.length === 0 || JSON.stringify(open).includes('true') === false;
      return isKnown ? known : LISTS.has(path.at(-1) ?? '') ? list : list[0];
    };
    const made = TYPES[one.type]?.(values).of(get, values, new Set(Object.keys(declared))) ?? {};
    const found = (later ? withoutNames(made) : made) as Values;
    if (one.type === 'aws_api_gateway_method') {
      const integration = integrationOf(one, side);
      return integration === undefined ? found : { ...found, Integration: properties(integration, side, later) };
    }
    if (one.type !== 'aws_lb_target_group') return found;
    const targets = attachments.flatMap(({ change }) => {
      const target = change[side] ?? undefined;
      if (target === undefined) return [];
      const [backend] = changes.filter(({ type }) => type === 'aws_network_interface');
      const address = { 'Fn::GetAtt': [backend === undefined ? '' : logical(backend), 'PrimaryPrivateIpAddress'] };
      return { Id: target['target_id'] ?? (later ? LATER : address), Port: target['port'] };
    });
    return { ...found, Targets: targets };
  };
  const all = changes.filter(({ type }) => type !== 'aws_api_gateway_integration' && Object.hasOwn(TYPES, type));
  const isOther = (one: RecordedChange | undefined): boolean => one !== undefined && one.change.actions[0] !== 'no-op';
  const hasChanged = (one: RecordedChange): boolean =>
    isOther(one) ||
    (one.type === 'aws_api_gateway_method' &&
      (['before', 'after'] as const).some((side) => isOther(integrationOf(one, side)))) ||
    (one.type === 'aws_lb_target_group' && attachments.some(({ change }) => change.actions[0] !== 'no-op'));
  const context = (given: Values | undefined) => given && JSON.stringify({ Properties: given });
  const id = ({ type, change: { before } }: RecordedChange): unknown =>
    before?.[ARNS.has(type) && before['arn'] !== undefined ? 'arn' : (IDS[type] ?? 'id')];
  const page = {
    ChangeSetName: 'recorded',
    StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1',
    StackName: 'shop',
    Status: 'CREATE_COMPLETE',
    Changes: all.filter(hasChanged).map((one) => {
      const { before, after } = one.change;
      const type = TYPES[one.type]?.(before ?? after ?? {}).type;
      return {
        ResourceChange: {
          Action: (before ?? null) === null ? 'Add' : (after ?? null) === null ? 'Remove' : 'Modify',
          LogicalResourceId: logical(one),
          PhysicalResourceId: id(one),
          ResourceType: type,
          Replacement: one.change.actions.length > 1 ? 'True' : 'False',
          BeforeContext: context(properties(one, 'before', true)),
          AfterContext: context(properties(one, 'after', true)),
        },
      };
    }),
  };
  const there = {
    StackResources: all.flatMap((one) =>
      id(one) === undefined ? [] : [{ LogicalResourceId: logical(one), PhysicalResourceId: id(one) }],
    ),
  };
  const template = {
    Resources: Object.fromEntries(
      all.flatMap((one) => {
        const given = properties(one, 'after', false);
        return given === undefined
          ? []
          : [[logical(one), { Type: TYPES[one.type]?.(one.change.after ?? {}).type, Properties: given }] as const];
      }),
    ),
  };
  return { changeSet: JSON.stringify([page, there]), template: JSON.stringify(template) };
}

/** Outputs besides the ID. */
const OUTPUTS: Readonly<Record<string, string>> = {
  'aws_lb.dns_name': 'DNSName',
  'aws_api_gateway_rest_api.root_resource_id': 'RootResourceId',
  'aws_service_discovery_service.arn': 'Arn',
};

/** A member of a value, of the first block of each name; of an expression what decides about it. */
function memberOf(value: unknown, [name, ...rest]: readonly string[]): unknown {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (name === undefined || typeof one !== 'object' || one === null) return name === undefined ? value : undefined;
  if ('references' in one) return one;
  return memberOf((one as Values)[name], rest);
}

/** Properties as a change set writes them: without what names a resource. */
function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value);
  if (names.some((name) => name === 'Ref' || name.startsWith('Fn::'))) return LATER;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutNames(one)]));
}

/** Attributes that have the physical ID, where it is not that of Terraform. */
const IDS: Readonly<Record<string, string>> = { aws_api_gateway_stage: 'stage_name' };

/** Resources whose ID is an ARN. */
const ARNS: ReadonlySet<string> = new Set([
  'aws_lb',
  'aws_lb_listener',
  'aws_lb_target_group',
  'aws_ecs_service',
  'aws_ecs_task_definition',
]);
