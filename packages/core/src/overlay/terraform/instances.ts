import { hidden, isMarked, type Attributes, type Marks, type Instance } from '../declared/values.js';
import type {
  ConfigCall,
  ConfigModule,
  ConfigResource,
  ResourceChange,
  StateResource,
  TerraformDocument,
} from './document.js';
import { quotedText } from '../../ground/json.js';

/** The key of an instance: of `count` a number, of `for_each` a text. */
export type Key = string | number | undefined;

/** One part of an address: `lb`, and its key. */
export interface Part {
  readonly name: string;
  readonly key: Key;
}

const PART = /([A-Za-z0-9_-]+|\*)((?:\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\])?)(?:\.|$)/gy;

/**
 * The parts of an address or a reference: `module.a["x.y"].aws_lb.b[0].arn` has six. Keys may have dots and quotes.
 * Undefined for a text of another form.
 */
export function partsOf(text: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (match === null) return undefined;

    parts.push({ name: match[1] ?? '', key: keyOf(match[2] ?? '') });
  }
  return parts;
}

function keyOf(text: string): Key {
  const inside = text.slice(1, -1);
  if (inside === '' || inside === '*') return undefined;

  return inside.startsWith('"') ? quotedText(inside) : Number(inside);
}

/** A part as text: `shop["a"]`. */
function partText(name: string, key: Key): string {
  return key === undefined ? name : `${name}[${typeof key === 'number' ? key : JSON.stringify(key)}]`;
}

/** An instance of a module: the calls that lead to it, from the root on. */
export type ModulePath = readonly Part[];

/** `module.a["x"].module.b[0]`; the root is empty. */
export function moduleText(path: ModulePath): string {
  return path.map(({ name, key }) => `module.${partText(name, key)}`).join('.');
}

/** The calls of `module.a["x"].module.b[0]`. */
export function modulePath(text: string | undefined): ModulePath {
  return (partsOf(text ?? '') ?? []).filter((_, at) => at % 2 === 1);
}

/** An instance of a resource, where its module and its configuration are known. */
export interface TerraformInstance extends Instance {
  readonly module: ModulePath;
  readonly name: string;
  readonly key: Key;
  readonly config: ConfigResource | undefined;
}

/** The instances of a document, and how references find them. */
export interface Instances {
  readonly all: readonly TerraformInstance[];
  /** The instances of a resource in one instance of a module, those that will exist. */
  readonly of: (
    module: ModulePath,
    mode: TerraformInstance['mode'],
    type: string,
    name: string,
  ) => readonly TerraformInstance[];
  readonly configOf: (module: ModulePath) => ConfigModule | undefined;
  /** All in one instance of a module that will exist. */
  readonly inModule: (module: ModulePath) => readonly TerraformInstance[];
  /** The keys of the instances of a call of a module. One without resources has an instance, too. */
  readonly keysOf: (module: ModulePath, call: string) => readonly Key[];
}

/** The instances of a plan, or of a state, whose resources stay as they are. */
export function instancesOf(document: TerraformDocument): Instances {
  const configs = new Map<string, ConfigModule | undefined>();
  const configOf = (module: ModulePath): ConfigModule | undefined => {
    const names = module.map(({ name }) => name);
    const key = names.join('.');
    if (!configs.has(key)) {
      let found: ConfigModule | undefined = document.configuration;
      for (const name of names) found = found?.module_calls?.[name]?.module;
      configs.set(key, found);
    }
    return configs.get(key);
  };
  const resources = new Map<ConfigModule, ReadonlyMap<string, ConfigResource>>();
  const resourceOf = (module: ModulePath, name: string): ConfigResource | undefined => {
    const config = configOf(module);
    if (config === undefined) return undefined;

    let own = resources.get(config);
    if (own === undefined) {
      own = new Map((config.resources ?? []).map((one) => [nameOf(one), one] as const));
      resources.set(config, own);
    }
    return own.get(name);
  };
  const all = [
    ...document.changes.map((one) => ofChange(one, resourceOf)),
    ...document.state.flatMap((one) =>
      one.mode === 'data' || document.kind === 'state' ? [ofState(one, resourceOf)] : [],
    ),
  ];
  const byName = new Map<string, TerraformInstance[]>();
  const byModule = new Map<string, TerraformInstance[]>();
  const keys = new Map<string, Set<Key>>();
  for (const one of all) {
    if (one.after === undefined || one.deposed) continue;

    const text = `${moduleText(one.module)}|${nameOf(one)}`;
    const same = byName.get(text);
    if (same === undefined) byName.set(text, [one]);
    // A data source is in the state, and among the changes where it is read again.
    else if (!same.some(({ key }) => key === one.key)) same.push(one);
    const module = moduleText(one.module);
    byModule.set(module, [...(byModule.get(module) ?? []), one]);
    for (let depth = 0; depth < one.module.length; depth += 1) {
      const call = `${moduleText(one.module.slice(0, depth))}|${one.module[depth]?.name ?? ''}`;
      const known = keys.get(call) ?? new Set<Key>();
      keys.set(call, known.add(one.module[depth]?.key));
    }
  }
  return {
    all,
    of: (module, mode, type, name) => byName.get(`${moduleText(module)}|${nameOf({ mode, type, name })}`) ?? [],
    configOf,
    inModule: (module) => byModule.get(moduleText(module)) ?? [],
    keysOf: (module, call) => {
      const known = keys.get(`${moduleText(module)}|${call}`);
      if (known !== undefined) return [...known];

      const declared = configOf(module)?.module_calls?.[call];
      return declared === undefined || isNone(declared) ? [] : [undefined];
    },
  };
}

/** A resource in its module: `aws_lb.a`, `data.aws_vpc.b`. */
export function nameOf({ mode, type, name }: Pick<TerraformInstance, 'mode' | 'type' | 'name'>): string {
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
}

/** Whether a call that has no resource in a plan has no instance: each would have one. */
function isNone({ count_expression: count, for_each_expression: forEach, module }: ConfigCall): boolean {
  return (count ?? forEach) !== undefined && hasResource(module);
}

/** Whether each instance of a module has a resource. */
function hasResource({ resources = [], module_calls: calls = {} }: ConfigModule = {}): boolean {
  return (
    resources.some((one) => (one.count_expression ?? one.for_each_expression) === undefined) ||
    Object.values(calls).some(
      (one) => (one.count_expression ?? one.for_each_expression) === undefined && hasResource(one.module),
    )
  );
}

type ResourceOf = (module: ModulePath, name: string) => ConfigResource | undefined;

function ofChange(one: ResourceChange, resourceOf: ResourceOf): TerraformInstance {
  const { change } = one;
  const module = modulePath(one.module_address ?? moduleOf(one.address));
  const sensitive = change.after_sensitive ?? false;
  return {
    ...placed(one, module, resourceOf),
    actions: change.actions,
    deposed: one.deposed !== undefined,
    before: open(change.before, change.before_sensitive),
    after: open(change.after, sensitive),
    unknown: change.after_unknown ?? false,
    sensitive,
  };
}

function ofState(one: StateResource, resourceOf: ResourceOf): TerraformInstance {
  const values = open(one.values, one.sensitive_values);
  return {
    ...placed(one, modulePath(moduleOf(one.address)), resourceOf),
    actions: ['no-op'],
    deposed: false,
    before: values,
    after: values,
    unknown: false,
    sensitive: one.sensitive_values ?? false,
  };
}

function placed(
  one: Pick<StateResource, 'address' | 'mode' | 'type' | 'name' | 'index'>,
  module: ModulePath,
  resourceOf: ResourceOf,
): Pick<TerraformInstance, 'address' | 'module' | 'mode' | 'type' | 'name' | 'key' | 'config'> {
  const { address, mode, type, name, index: key } = one;
  return { address, module, mode, type, name, key, config: resourceOf(module, nameOf(one)) };
}

/** The part of an address that names a module. */
function moduleOf(address: string): string {
  const parts = partsOf(address) ?? [];
  let calls = 0;
  while (parts[calls * 2]?.name === 'module') calls += 1;
  return moduleText(parts.slice(0, calls * 2).filter((_, at) => at % 2 === 1));
}

function open(values: Attributes | null | undefined, sensitive: Marks | undefined): Attributes | undefined {
  if (values === null || values === undefined) return undefined;

  // A whole that is sensitive has its attributes, each of them null.
  const marks = sensitive === true ? Object.fromEntries(Object.keys(values).map((name) => [name, true])) : sensitive;
  return isMarked(marks) ? (hidden(values, marks ?? false) as Attributes) : values;
}
