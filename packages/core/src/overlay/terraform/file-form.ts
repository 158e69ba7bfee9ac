import { isObject } from '../../ground/json.js';

/** Finds what a value has at a place that is not of the expected form: `resource_changes[3].address: expected a text`. */
type Find = (value: unknown, at: string) => string | undefined;

const text: Find = (value, at) => (typeof value === 'string' ? undefined : `${at}: expected a text`);
const key: Find = (value, at) => (typeof value === 'number' ? undefined : text(value, at));
const object: Find = (value, at) => (isObject(value) ? undefined : `${at}: expected an object`);

const optional =
  (find: Find): Find =>
  (value, at) =>
    value === undefined ? undefined : find(value, at);
const nullable =
  (find: Find): Find =>
  (value, at) =>
    value === null ? undefined : optional(find)(value, at);
const first = (found: readonly (string | undefined)[]): string | undefined => found.find((one) => one !== undefined);

const list =
  (item: Find): Find =>
  (value, at) =>
    Array.isArray(value)
      ? first(value.map((one: unknown, index) => item(one, `${at}[${index}]`)))
      : `${at}: expected a list`;
const each =
  (member: Find): Find =>
  (value, at) =>
    isObject(value)
      ? first(Object.entries(value).map(([name, one]) => member(one, `${at}.${name}`)))
      : `${at}: expected an object`;
const members =
  (shape: () => Readonly<Record<string, Find>>): Find =>
  (value, at) =>
    isObject(value)
      ? first(Object.entries(shape()).map(([name, find]) => find(value[name], at === '' ? name : `${at}.${name}`)))
      : `${at}: expected an object`;

const expression = optional(members(() => ({ references: optional(list(text)) })));
const named = { mode: optional(text), type: text, name: text };
const resource = { ...named, address: text, index: nullable(key), provider_name: optional(text) };

const change = members(() => ({
  ...resource,
  module_address: optional(text),
  change: members(() => ({ actions: list(text), before: nullable(object), after: nullable(object) })),
}));
const stateModule: Find = members(() => ({
  resources: optional(
    list(members(() => ({ ...resource, values: optional(object), depends_on: optional(list(text)) }))),
  ),
  child_modules: optional(list(stateModule)),
}));
const configModule: Find = members(() => ({
  resources: optional(
    list(
      members(() => ({
        ...named,
        provider_config_key: optional(text),
        expressions: optional(object),
        for_each_expression: expression,
        count_expression: expression,
        depends_on: optional(list(text)),
      })),
    ),
  ),
  module_calls: optional(
    each(
      members(() => ({
        expressions: optional(object),
        for_each_expression: expression,
        depends_on: optional(list(text)),
        module: optional(configModule),
      })),
    ),
  ),
  outputs: optional(each(members(() => ({ expression })))),
  variables: optional(each(object)),
}));
const values = optional(members(() => ({ root_module: optional(stateModule) })));

const file = (): Readonly<Record<string, Find>> => ({
  format_version: () => undefined,
  timestamp: () => undefined,
  errored: () => undefined,
  complete: () => undefined,
  planned_values: () => undefined,
  variables: optional(each(object)),
  resource_changes: optional(list(change)),
  deferred_changes: optional(list(() => undefined)),
  action_invocations: optional(list(members(() => ({ address: text, type: text, config_values: nullable(object) })))),
  deferred_action_invocations: optional(list(() => undefined)),
  prior_state: optional(members(() => ({ values }))),
  values,
  configuration: optional(
    members(() => ({
      provider_config: optional(each(members(() => ({ expressions: optional(each(() => undefined)) })))),
      root_module: optional(configModule),
    })),
  ),
});

/** Whether a member of a file is read. */
export function isRead(member: string): boolean {
  return Object.hasOwn(file(), member);
}

/**
 * What of a file of Terraform is not of the form that its documentation gives, of all that is read. Undefined: nothing.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export const misformed: (file: object) => string | undefined = (given) => members(file)(given, '');
