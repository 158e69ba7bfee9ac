import { looseTexts } from '../declared/open.js';
import type { ToolPlan, ToolWords } from '../declared/tool-plan.js';
import type { TerraformDocument } from './document.js';
import { comesAfter } from './comes-after.js';
import { Dependencies } from './dependencies.js';
import { namedSources } from './expressions.js';
import { instancesOf, partsOf, type TerraformInstance } from './instances.js';
import { Resolver } from './references/resolver.js';

const WORDS: ToolWords = {
  tool: 'Terraform',
  plan: 'the plan',
  later: 'after the apply',
  computed: 'is computed by the provider',
  decide: 'Give the configuration with --source, the plan file or its folder. Or check again after the apply.',
  where: '',
  createFirst: 'Write create_before_destroy.',
  createNamed: 'Write create_before_destroy, together with name_prefix in place of name, or with another name.',
  prefix: 'name_prefix',
  otherName: 'Write name_prefix in place of name, or another name.',
  comesAfter,
  redeploy: 'Write what changes into the `triggers` of the deployment: the plan then replaces it.',
};

const WITH_SOURCES = 'Write the value in the configuration, or check again after the apply.';

/** A document of Terraform, as it is laid over a snapshot. */
export function terraformPlan(document: TerraformDocument): ToolPlan {
  const instances = instancesOf(document);
  const named = namedSources(document.configuration);
  const dependencies = new Dependencies(instances);
  const waited = new Map(document.state.map((one) => [one.address, new Set(one.depends_on)] as const));
  return {
    words: {
      ...WORDS,
      ...(document.kind === 'state' ? { plan: 'the state' } : {}),
      ...(document.kind === 'state' || document.sources !== undefined ? { decide: WITH_SOURCES } : {}),
    },
    timestamp: document.timestamp,
    partial: document.partial,
    notes: document.notes,
    actions: document.actions,
    instances: instances.all,
    references: (symbolOf, setsOf) => new Resolver(document, instances, named, symbolOf, setsOf),
    regionOf: (instance) => regionOf(instance as TerraformInstance, document),
    likelyRegion: onlyArnRegion(instances.all),
    waitsFor: (instance, other) => dependencies.waitsFor(instance as TerraformInstance, other as TerraformInstance),
    repeatsCalls: true,
    waitedFor: ({ address }, other) => waited.get(address)?.has(withoutKeys(other.address)) ?? false,
  };
}

/** The region of an instance: its own, or that of its provider. */
function regionOf(
  { before, after, config: resource }: TerraformInstance,
  { providers, variables }: TerraformDocument,
): string | undefined {
  const own = after?.['region'] ?? before?.['region'];
  if (typeof own === 'string' && own !== '') return own;

  const ofArn = arnRegion(before);
  if (ofArn !== undefined) return ofArn;

  const key = resource?.provider_config_key;
  // A provider that is passed to a module has the key of the module there: its own name is tried as well.
  const config = providers[key ?? ''] ?? providers[key?.split(':').at(-1) ?? ''];
  const expression = config?.expressions?.['region'] as Readonly<Record<string, unknown>> | undefined;
  const constant = expression?.['constant_value'];
  if (typeof constant === 'string') return constant;

  const references = looseTexts(expression?.['references']);
  const named = references.flatMap((one) => /^var\.([\w-]+)$/.exec(one)?.[1] ?? []);
  const value = named.length === 1 ? variables[named[0] ?? ''] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The region in the ARN of an instance that exists. */
function arnRegion(values: TerraformInstance['before']): string | undefined {
  return /^arn:[\w-]+:[\w-]+:([\w-]+):/.exec(String(values?.['arn'] ?? ''))?.[1];
}

/** The one region that ARNs name: the region of a provider may be that of the environment, and a state has no providers. */
function onlyArnRegion(all: readonly TerraformInstance[]): string | undefined {
  const regions = new Set(all.flatMap(({ before }) => arnRegion(before) ?? []));
  return regions.size === 1 ? [...regions][0] : undefined;
}

/** The address of a resource, as a state names what another one depends on. */
function withoutKeys(address: string): string {
  return (partsOf(address) ?? []).map(({ name }) => name).join('.');
}
