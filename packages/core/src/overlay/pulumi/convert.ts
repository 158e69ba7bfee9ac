import { entryOf } from '../../ground/json.js';
import { Open, isMembers, type OpenMembers, type OpenValue } from '../declared/open.js';
import type { Value } from '../declared/values.js';

/** What stands for a value that is not known yet, by its type. @see https://github.com/pulumi/pulumi `sdk/go/common/resource/plugin/rpc.go` */
const UNKNOWN: ReadonlySet<string> = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7', // boolean
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421', // number
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9', // text
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2', // list
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff', // object
]);

/** The key, and its value for a secret, of what JSON cannot express. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET_SIGNATURE = '1b47061264138c4ac30d75fd1eb44270';

/** Names of lists, which Pulumi writes in the plural, and of single values that Terraform has as lists. */
const NAMES: Readonly<Record<string, string>> = {
  defaultActions: 'default_action',
  actions: 'action',
  conditions: 'condition',
  routes: 'route',
  entries: 'entry',
  subnetMappings: 'subnet_mapping',
  queryStrings: 'query_string',
  targetArn: 'target_arns',
  restApi: 'rest_api_id',
  deployment: 'deployment_id',
  networkInterfaces: 'network_interface',
  loadBalancers: 'load_balancer',
  capacityProviderStrategies: 'capacity_provider_strategy',
  trafficSources: 'traffic_source',
  vpcZoneIdentifiers: 'vpc_zone_identifier',
};
/** The same, of resources of these types only. */
const NAMES_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  LaunchTemplate: { networkInterfaces: 'network_interfaces' },
};
/** The same, in blocks of these names only. */
const NAMES_IN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  forward: { targetGroups: 'target_group' },
};

/** Members that users name: they keep their names. */
const MAPS: ReadonlySet<string> = new Set([
  'tags',
  'tagsAll',
  'requestParameters',
  'requestTemplates',
  'responseTemplates',
  'responseModels',
  'stageVariables',
  'variables',
  'attributes',
  'triggers',
]);

/** Lists of one for Terraform, single values for Pulumi. */
const LISTS: ReadonlySet<string> = new Set(['targetArn', 'types']);

/** `securityGroupIds` is `security_group_ids`. */
function snake(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** `security_group_ids` is `securityGroupIds`. */
export function camel(name: string): string {
  const [plural] = Object.entries(NAMES).find(([, one]) => one === name) ?? [];
  return plural ?? name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * The properties of a resource of a type as attributes of Terraform. `open` is what a value of a property is that is not known.
 */
export function attributesOf(
  properties: Readonly<Record<string, Value>> | undefined,
  open: (property: string) => Open,
  type: string,
): OpenMembers {
  const found: Record<string, OpenValue> = {};
  const own = entryOf(NAMES_OF, type.split(':').at(-1) ?? '') ?? {};
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name === '__defaults' || name === '__meta') continue;

    const attribute = entryOf(own, name) ?? entryOf(NAMES, name) ?? snake(name);
    found[attribute] = converted(name, value, () => open(name));
  }
  return found;
}

function converted(name: string, value: Value, open: () => Open): OpenValue {
  const wrapped = (one: OpenValue): OpenValue => (LISTS.has(name) && !Array.isArray(one) ? [one] : one);
  if (typeof value === 'string') {
    if (UNKNOWN.has(value)) return wrapped(open());

    return value === '[secret]' ? secret(name) : wrapped(value);
  }
  if (typeof value !== 'object' || value === null) return wrapped(value);
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => element(name, one, open));

  const one = element(name, value, open);
  return isMembers(one) && !MAPS.has(name) ? [one] : one;
}

/** A block, or a text of a list. */
function element(name: string, value: Value, open: () => Open): OpenValue {
  if (typeof value === 'string') return UNKNOWN.has(value) ? open() : value === '[secret]' ? secret(name) : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value as OpenValue;

  const members = value as Readonly<Record<string, Value>>;
  if (members[SIGNATURE] === SECRET_SIGNATURE) return secret(name);
  if (members[SIGNATURE] !== undefined) return new Open([], ['it is an asset or a reference']);

  return Object.fromEntries(
    Object.entries(members)
      .filter(([key]) => key !== '__defaults')
      .map(([key, one]) => [
        MAPS.has(name) ? key : (entryOf(entryOf(NAMES_IN, name), key) ?? entryOf(NAMES, key) ?? snake(key)),
        MAPS.has(name) ? element(key, one, open) : converted(key, one, open),
      ]),
  );
}

function secret(name: string): Open {
  return new Open([], [`${name} is a secret`], true);
}
